/** Scenarios of calls one after the other, and at the same time. */
import type { GroupItem, MarkedConversation } from "@contact-groups/openapi/bodies";
import { absentOr, anyOrder, type Expected } from "../matching.ts";
import { fresh, imported, many, scenario, type Scenario } from "../scenario.ts";
import { change, createGroup, deletion, marks, page, remove, rename, search, star, to } from "./bodies.ts";

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
            ContactItem: [{ ...to(bob), StandardMark: StandardMark(index), CustomMark: absentOr("") }],
            GroupItem,
          }),
          t.call("searchContactGroup", search(owner, [to(bob)]), {
            ContactResultItem: [{ ...to(bob), StandardMark: StandardMark(index) }],
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
      await expectRead([{ GroupName: "family", GroupId }], [{ ...grouped, StandardMark: "1" }]);

      await t.call("updateContactGroup", rename(owner, "family", "friends"));
      await expectRead([{ GroupName: "friends", GroupId }], [{ ...grouped, StandardMark: "1" }]);

      await t.call("updateContactGroup", change(owner, "friends", [remove(to(bob))]));
      const marked = { ...to(bob), ContactGroupId: absentOr([]), StandardMark: "1" };
      await expectRead([{ GroupName: "friends", GroupId }], [marked]);

      await t.call("delContactGroup", deletion(owner, "friends"));
      await expectRead([], [marked]);

      await t.call("markContact", marks(owner, { OptType: 1, ContactItem: to(bob), ClearMark: [0] }));
      await expectRead([], []);
    },
  }),
];
