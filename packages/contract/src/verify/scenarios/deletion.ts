/** Scenarios of groups that are deleted. */
import { errorCodes, limits } from "@contact-groups/openapi/model";
import { absentOr, anyOrder, lengthOf, not, bits } from "../matching.ts";
import { fresh, imported, scenario, type Scenario } from "../scenario.ts";
import { createGroup, deletion, marks, newGroup, page, search, star, to } from "./bodies.ts";

const { maximum } = limits.groupsPerUser;

export const deletions: readonly Scenario[] = [
  scenario({
    id: "deleted-group-is-gone",
    title: "A deleted group is on no page any more, cannot be deleted again, and its ID is not used again",
    group: "stateful",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup", "delContactGroup", "getContactGroup"],
    calls: 5,
    reason: "An app that deletes a group must not offer it again, nor find its conversations in a new one.",
    sources: ["delete-en-2026", "project"],
    async run(t, { owner }) {
      const GroupId = await createGroup(t, owner, "short-lived");
      await t.call("delContactGroup", deletion(owner, "short-lived"), { GroupItem: [{ GroupId }] });
      await t.call("getContactGroup", page(owner), { GroupItem: [] });
      await t.call("delContactGroup", deletion(owner, "short-lived"), {
        ErrorCode: errorCodes.ConversationGroupNotFound,
      });
      await createGroup(t, owner, "short-lived", undefined, { GroupId: not(GroupId) });
    },
  }),
  scenario({
    id: "deleted-group-leaves-other-data",
    title:
      "The conversations of a deleted group keep their other groups and their marks, and those without any are gone",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported, dan: imported } },
    operations: ["createContactGroup", "markContact", "delContactGroup", "getContactGroup", "searchContactGroup"],
    calls: 6,
    reason: "An app deletes a group, and must not lose a star or another list with it.",
    sources: ["delete-en-2026", "project"],
    async run(t, { owner, bob, cat, dan }) {
      await t.call("createContactGroup", newGroup(owner, "family", [to(bob), to(cat), to(dan)]));
      const work = await createGroup(t, owner, "work", [to(bob)]);
      await t.call("markContact", marks(owner, star(cat, 0)));
      await t.call("delContactGroup", deletion(owner, "family"));
      await t.call("getContactGroup", page(owner), {
        ContactItem: anyOrder([
          { ...to(bob), ContactGroupId: [work] },
          { ...to(cat), StandardMark: bits("1") },
        ]),
        GroupItem: [{ GroupName: "work", GroupId: work }],
      });
      await t.call("searchContactGroup", search(owner, [to(cat), to(dan)]), {
        ContactResultItem: [{ ...to(cat), StandardMark: bits("1"), ContactGroupId: absentOr([]) }],
      });
    },
  }),
  scenario({
    id: "deleted-group-makes-room",
    title: "A user with as many groups as the limit can create another one after a deletion",
    group: "limits",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup", "delContactGroup", "getContactGroup"],
    calls: maximum + 4,
    reason: "A caller recovers from this code by deleting a group.",
    sources: ["create-zh-2023", "delete-en-2026", "errors-2025"],
    async run(t, { owner }) {
      for (let number = 0; number < maximum; number++)
        await t.call("createContactGroup", newGroup(owner, `group ${number}`, []));
      await t.call("createContactGroup", newGroup(owner, "one more", []), {
        ErrorCode: errorCodes.TooManyConversationGroups,
      });
      await t.call("delContactGroup", deletion(owner, "group 0"));
      await t.call("createContactGroup", newGroup(owner, "one more", []));
      await t.call("getContactGroup", page(owner), { GroupItem: lengthOf(maximum) });
    },
  }),
];
