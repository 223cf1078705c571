/** Scenarios of calls one after the other, and at the same time. */
import type { GroupItem, MarkedConversation } from "@contact-groups/openapi/bodies";
import { limits as ofUser } from "@contact-groups/openapi/model";
import { absent, absentOr, anyOrder, type Expected, lengthOf, not, oneOf, bits } from "../matching.ts";
import { fresh, imported, many, scenario, type Scenario } from "../scenario.ts";
import {
  add,
  both,
  change,
  createGroup,
  deletion,
  marks,
  newGroup,
  page,
  remove,
  rename,
  search,
  star,
  to,
} from "./bodies.ts";

const owners = 8;
/** More than the ten after which a provider may lose one. */
const groups = 12;

export const concurrency: readonly Scenario[] = [
  scenario({
    id: "concurrent-calls-have-their-own-responses",
    title: "Calls for several users at the same time have the responses of these users",
    group: "stateful",
    needs: { users: { owners: many(owners, fresh), bob: imported } },
    operations: ["createContactGroup", "markContact", "getContactGroup", "searchContactGroup"],
    calls: 4 * owners,
    reason: "A server calls for many users at once; a response for another user shows one user's groups to another.",
    sources: ["create-zh-2023", "get-en-2023", "search-en-2026"],
    async run(t, { owners: all, bob }) {
      const created = await Promise.all(
        all.map(async (owner, index) => {
          const GroupName = `group of ${index}`;
          const GroupId = await createGroup(t, owner, GroupName, [to(bob)], { GroupName });
          return { owner, index, GroupItem: [{ GroupName, GroupId }] };
        }),
      );
      await Promise.all(created.map(({ owner, index }) => t.call("markContact", marks(owner, star(bob, index)))));
      const StandardMark = (index: number): string => `1${"0".repeat(index)}`;
      await Promise.all(
        created.flatMap(({ owner, index, GroupItem }) => [
          t.call("getContactGroup", page(owner), {
            ContactItem: [{ ...to(bob), StandardMark: bits(StandardMark(index)), CustomMark: absentOr("") }],
            GroupItem,
          }),
          t.call("searchContactGroup", search(owner, [to(bob)]), {
            ContactResultItem: [{ ...to(bob), StandardMark: bits(StandardMark(index)) }],
            GroupItem,
          }),
        ]),
      );
    },
  }),
  scenario({
    id: "concurrent-creates-are-all-kept",
    title: "Groups that are created for one user at the same time are all kept",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup", "getContactGroup"],
    calls: groups + 1,
    reason: "Two devices of a user change the same lists; an update that is overwritten is lost without an error.",
    sources: ["create-zh-2023", "get-en-2023"],
    async run(t, { owner, bob }) {
      const names = Array.from({ length: groups }, (_, index) => `group ${index}`);
      const GroupItem = await Promise.all(
        names.map(async (GroupName) => ({
          GroupName,
          GroupId: await createGroup(t, owner, GroupName, [to(bob)], { GroupName }),
        })),
      );
      await t.call("getContactGroup", page(owner), {
        ContactItem: [{ ...to(bob), ContactGroupId: anyOrder(GroupItem.map(({ GroupId }) => GroupId)) }],
        GroupItem: anyOrder(GroupItem),
      });
    },
  }),
  scenario({
    id: "concurrent-changes-are-all-kept",
    title: "What is changed, marked and deleted for one user at the same time is all kept",
    group: "stateful",
    needs: { users: { owner: fresh, peers: many(groups, imported) } },
    operations: ["createContactGroup", "updateContactGroup", "markContact", "delContactGroup", "getContactGroup"],
    calls: 4 * groups + 2,
    reason: "Two devices of a user change the same lists; an update that is overwritten is lost without an error.",
    sources: ["update-en-2026", "mark-en-2026", "delete-en-2026", "get-en-2023"],
    async run(t, { owner, peers }) {
      const names = peers.map((_, index) => `group ${index}`);
      for (const name of names) await createGroup(t, owner, name);
      const atOnce = async (each: (peer: string, index: number) => Promise<unknown>): Promise<void> => {
        await Promise.all(peers.map(each));
      };
      await atOnce((peer) => t.call("updateContactGroup", change(owner, "group 0", [add(to(peer))])));
      await atOnce((peer, bit) => t.call("markContact", marks(owner, star(peer, bit))));
      await t.call("getContactGroup", page(owner), {
        ContactItem: anyOrder(
          peers.map((peer, bit) => ({
            ...to(peer),
            StandardMark: bits(`1${"0".repeat(bit)}`),
            ContactGroupId: not(absent),
          })),
        ),
      });
      await atOnce((_, index) => t.call("delContactGroup", deletion(owner, names[index] ?? "")));
      await t.call("getContactGroup", page(owner), { ContactItem: lengthOf(peers.length), GroupItem: absentOr([]) });
    },
  }),
  scenario({
    id: "concurrent-creates-keep-the-limit",
    title: "Groups that are created at the same time are not more than the limit",
    group: "limits",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup", "getContactGroup"],
    calls: ofUser.groupsPerUser.maximum + groups + 1,
    reason: "A limit that two devices can exceed together is none for the app that counts on it.",
    sources: ["create-zh-2023", "errors-2025"],
    async run(t, { owner }) {
      const { maximum, error } = ofUser.groupsPerUser;
      const names = Array.from({ length: maximum + groups }, (_, index) => `group ${index}`);
      await Promise.all(
        names.map((name) => t.call("createContactGroup", newGroup(owner, name), { ErrorCode: oneOf(0, error) })),
      );
      await t.call("getContactGroup", page(owner), { GroupItem: lengthOf(maximum) });
    },
  }),
  scenario({
    id: "next-read-sees-a-write",
    title: "Get and search see each write as soon as its response has arrived",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: [
      "createContactGroup",
      "updateContactGroup",
      "markContact",
      "delContactGroup",
      "getContactGroup",
      "searchContactGroup",
    ],
    calls: 6 + 2 * 7,
    reason: "An app reads after it has written; with an old list, its user would do again what is done.",
    sources: ["project"],
    async run(t, { owner, bob }) {
      const expectRead = async (named: Expected<GroupItem>[], conversations: Expected<MarkedConversation>[]) => {
        await t.call("getContactGroup", page(owner), {
          ContactItem: conversations.length === 0 ? absentOr([]) : conversations,
          GroupItem: named.length === 0 ? absentOr([]) : named,
        });
        await t.call("searchContactGroup", search(owner, [to(bob)]), { ContactResultItem: conversations });
      };
      await expectRead([], []);

      const GroupId = await createGroup(t, owner, "family", [to(bob)]);
      const grouped = { ...to(bob), ContactGroupId: [GroupId] };
      await expectRead([{ GroupName: "family", GroupId }], [grouped]);

      await t.call("markContact", marks(owner, star(bob, 0)));
      await expectRead([{ GroupName: "family", GroupId }], [{ ...grouped, StandardMark: bits("1") }]);

      await t.call("updateContactGroup", rename(owner, "family", "friends"));
      await expectRead([{ GroupName: "friends", GroupId }], [{ ...grouped, StandardMark: bits("1") }]);

      await t.call("updateContactGroup", change(owner, "friends", [remove(to(bob))]));
      const marked = { ...to(bob), ContactGroupId: absentOr([]), StandardMark: bits("1") };
      await expectRead([{ GroupName: "friends", GroupId }], [marked]);

      await t.call("delContactGroup", deletion(owner, "friends"));
      await expectRead([], [marked]);

      await t.call("markContact", marks(owner, { OptType: 1, ContactItem: to(bob), ClearMark: [0] }));
      await expectRead([], []);
    },
  }),
  scenario({
    id: "writes-are-kept-to-the-end",
    title: "What was written is still there when all other scenarios have run, and more can be written",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported } },
    operations: [
      "createContactGroup",
      "updateContactGroup",
      "markContact",
      "delContactGroup",
      "getContactGroup",
      "searchContactGroup",
    ],
    calls: 12,
    reason: "A store that forgets what is old, or keeps nothing any more when it is full, loses a user's groups later.",
    sources: ["create-zh-2023", "get-en-2023", "search-en-2026", "update-en-2026", "mark-en-2026", "delete-en-2026"],
    async run(t, { owner, bob, cat }) {
      const family = await createGroup(t, owner, "family", [to(bob)]);
      await t.call("markContact", marks(owner, both(bob, [0], "call back")));
      const { ContactItem } = await t.call("getContactGroup", page(owner));
      return async () => {
        const Timestamp = ContactItem?.[0]?.Timestamp;
        const starred = { ...to(bob), StandardMark: bits("1"), CustomMark: "call back" };
        const GroupItem = [{ GroupName: "family", GroupId: family }];
        const kept = { ...starred, ContactGroupId: [family], Timestamp };
        await t.call("getContactGroup", page(owner), { ContactItem: [kept], GroupItem });
        await t.call("searchContactGroup", search(owner, [to(bob)]), { ContactResultItem: [kept], GroupItem });

        const work = await createGroup(t, owner, "work", [to(bob)]);
        await t.call("updateContactGroup", change(owner, "family", [add(to(cat)), remove(to(bob))]));
        await t.call("markContact", marks(owner, star(cat, 1)));
        const added = { ...to(cat), StandardMark: bits("10"), ContactGroupId: [family] };
        await t.call("getContactGroup", page(owner), {
          ContactItem: anyOrder([{ ...starred, ContactGroupId: [work] }, added]),
        });
        await t.call("updateContactGroup", rename(owner, "family", "friends"));
        await t.call("delContactGroup", deletion(owner, "work"));
        await t.call("getContactGroup", page(owner), {
          ContactItem: anyOrder([{ ...starred, ContactGroupId: absentOr([]) }, added]),
          GroupItem: [{ GroupName: "friends", GroupId: family }],
        });
      };
    },
  }),
];
