/** Scenarios of calls one after the other, and at the same time. */
import type { GroupItem, MarkedConversation } from "@contact-groups/openapi/bodies";
import { absentOr, anyOrder, type Expected } from "../matching.ts";
import { fresh, imported, many, scenario, type Scenario } from "../scenario.ts";
import { change, createGroup, deletion, marks, newGroup, page, remove, rename, search, star, to } from "./bodies.ts";

const atOnce = 8;

export const consistency: readonly Scenario[] = [
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
      const expectRead = async (groups: Expected<GroupItem>[], conversations: Expected<MarkedConversation>[]) => {
        await t.call("getContactGroup", page(owner), {
          ContactItem: conversations.length === 0 ? absentOr([]) : conversations,
          GroupItem: groups.length === 0 ? absentOr([]) : groups,
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
  scenario({
    id: "calls-at-the-same-time",
    title: "Each of several calls at the same time has its own response, and none is lost",
    group: "stateful",
    needs: { users: { owner: fresh, other: fresh, peers: many(atOnce, imported) } },
    operations: ["createContactGroup", "searchContactGroup", "getContactGroup"],
    calls: 2 * atOnce + 3,
    reason: "A server shares its connections between users, who must not see the data of each other.",
    sources: ["project"],
    async run(t, { owner, other, peers }) {
      const names = peers.map((_, number) => `group ${number}`);
      await Promise.all(
        peers.map((peer, number) => {
          const GroupName = names[number] ?? "";
          return t.call("createContactGroup", newGroup(owner, GroupName, [to(peer)]), {
            GroupResultItem: [{ GroupItem: { GroupName }, ResultItem: [{ ContactItem: to(peer), ResultCode: 0 }] }],
          });
        }),
      );
      await Promise.all([
        ...peers.map((peer) =>
          t.call("searchContactGroup", search(owner, [to(peer)]), { ContactResultItem: [to(peer)] }),
        ),
        t.call("searchContactGroup", search(other, peers.map(to)), { ContactResultItem: [] }),
      ]);
      await Promise.all([
        t.call("getContactGroup", page(owner), {
          ContactItem: anyOrder(peers.map(to)),
          GroupItem: anyOrder(names.map((GroupName) => ({ GroupName }))),
        }),
        t.call("getContactGroup", page(other), { ContactItem: absentOr([]), GroupItem: absentOr([]) }),
      ]);
    },
  }),
];
