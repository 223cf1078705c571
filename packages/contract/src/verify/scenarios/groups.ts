/** Scenarios of groups: they are created, and found by get and search. */
import { errorCodes, requestChecks } from "@contact-groups/openapi/model";
import { absentOr, anyOrder, bits, lengthOf, not, now } from "../matching.ts";
import { clockTolerance, fresh, imported, scenario, type Scenario, unknown } from "../scenario.ts";
import {
  add,
  change,
  createGroup,
  deletion,
  marks,
  most,
  newGroup,
  page,
  remove,
  rename,
  search,
  star,
  textOf,
  to,
} from "./bodies.ts";

export const groups: readonly Scenario[] = [
  scenario({
    id: "create-with-conversation",
    title: "A create call returns the group with its name, and a result for each conversation",
    group: "valid",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup"],
    reason: "A caller learns the group's ID and its conversations only from this response.",
    sources: ["create-zh-2023", "create-en-2026"],
    async run(t, { owner, bob }) {
      await t.call("createContactGroup", newGroup(owner, "family", [to(bob)]), {
        ErrorInfo: absentOr(""),
        GroupResultItem: [
          {
            GroupItem: { GroupName: "family" },
            ResultItem: [{ ContactItem: to(bob), ResultCode: 0, ResultInfo: "" }],
          },
        ],
      });
    },
  }),
  scenario({
    id: "create-without-conversations",
    title: "A group can be created without conversations",
    group: "valid",
    disputed: true,
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup"],
    reason: "Documents up to March 2026 require ContactItem, the newest does not.",
    sources: ["create-en-2026", "create-zh-2023"],
    async run(t, { owner }) {
      await t.call("createContactGroup", newGroup(owner, "empty"), {
        GroupResultItem: [{ GroupItem: { GroupName: "empty" }, ResultItem: absentOr([]) }],
      });
    },
  }),
  scenario({
    id: "create-for-unknown-user",
    title: "A create call for a user who was not imported is rejected",
    group: "invalid",
    needs: { users: { stranger: unknown } },
    operations: ["createContactGroup"],
    reason: "A caller imports the account when it gets this code, and calls again.",
    sources: ["create-zh-2023", "errors-2025"],
    async run(t, { stranger }) {
      await t.call("createContactGroup", newGroup(stranger, "family"), { ErrorCode: errorCodes.UserNotImported });
    },
  }),
  scenario({
    id: "created-group-is-found",
    title: "A created group and its conversations are in get and in search, with the same ID and name",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported } },
    operations: ["createContactGroup", "getContactGroup", "searchContactGroup"],
    reason: "A group is created so that its conversations are found.",
    sources: ["create-zh-2023", "get-en-2023", "search-en-2026"],
    async run(t, { owner, bob, cat }) {
      const GroupId = await createGroup(t, owner, "family", [to(bob), to(cat)]);
      const GroupItem = [{ GroupName: "family", GroupId }];
      await t.call("getContactGroup", page(owner), {
        ContactItem: [{ ContactGroupId: [GroupId], Timestamp: now(clockTolerance) }, { ContactGroupId: [GroupId] }],
        GroupItem,
        CompleteFlag: 1,
      });
      await t.call("searchContactGroup", search(owner, [to(cat)]), {
        ContactResultItem: [{ ...to(cat), ContactGroupId: [GroupId] }],
        GroupItem,
      });
    },
  }),
  scenario({
    id: "empty-group-is-named",
    title: "A group without conversations is in the list of names of get",
    group: "stateful",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup", "getContactGroup"],
    reason: "An app shows its user the empty group, too.",
    sources: ["project"],
    async run(t, { owner }) {
      const GroupId = await createGroup(t, owner, "empty");
      await t.call("getContactGroup", page(owner), {
        ContactItem: absentOr([]),
        GroupItem: [{ GroupName: "empty", GroupId }],
      });
    },
  }),
  scenario({
    id: "existing-name-gets-the-conversations",
    title: "Creating a group with an existing name adds the conversations to that group",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported } },
    operations: ["createContactGroup", "getContactGroup"],
    calls: 3,
    reason: "A caller that retries after a time-out would otherwise create a second group, or lose the conversations.",
    sources: ["project"],
    async run(t, { owner, bob, cat }) {
      const GroupId = await createGroup(t, owner, "family", [to(bob)]);
      await t.call("createContactGroup", newGroup(owner, "family", [to(cat)]), {
        GroupResultItem: [{ GroupItem: { GroupId } }],
      });
      await t.call("getContactGroup", page(owner), { ContactItem: lengthOf(2), GroupItem: lengthOf(1) });
    },
  }),
  scenario({
    id: "names-differ-by-case",
    title: "Names that differ only by case are two groups, and one in another case is none",
    group: "stateful",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup", "delContactGroup"],
    calls: 3,
    reason: "The overview says that values are case-sensitive; a caller must not delete a group that it did not name.",
    sources: ["overview-2025", "project"],
    async run(t, { owner }) {
      const first = await createGroup(t, owner, "Family", []);
      await createGroup(t, owner, "family", [], { GroupName: "family", GroupId: not(first) });
      await t.call("delContactGroup", deletion(owner, "FAMILY"), { ErrorCode: errorCodes.ConversationGroupNotFound });
    },
  }),
  scenario({
    id: "two-groups-of-a-conversation",
    title: "A conversation can be in two groups, which have different IDs",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup", "searchContactGroup", "getContactGroup"],
    calls: 4,
    reason: "An ID is resolved to a name by the list next to it, so a swapped pair shows the wrong group.",
    sources: ["search-en-2026", "get-en-2023"],
    async run(t, { owner, bob }) {
      const family = await createGroup(t, owner, "family", [to(bob)]);
      const colleagues = await createGroup(t, owner, "同事", [to(bob)], { GroupName: "同事", GroupId: not(family) });
      await t.call("searchContactGroup", search(owner, [to(bob)]), {
        ContactResultItem: [{ ContactGroupId: lengthOf(2) }],
        GroupItem: anyOrder([
          { GroupName: "family", GroupId: family },
          { GroupName: "同事", GroupId: colleagues },
        ]),
      });
      await t.call("getContactGroup", page(owner), {
        ContactItem: [{ ContactGroupId: lengthOf(2) }],
        GroupItem: lengthOf(2),
      });
    },
  }),
  scenario({
    id: "users-are-apart",
    title: "A user's groups are not listed for another user",
    group: "stateful",
    needs: { users: { owner: fresh, other: fresh, bob: imported } },
    operations: ["createContactGroup", "getContactGroup", "searchContactGroup"],
    reason: "Groups are private to the user in From_Account.",
    sources: ["search-en-2026", "create-zh-2025"],
    async run(t, { owner, other, bob }) {
      await t.call("createContactGroup", newGroup(owner, "family", [to(bob)]));
      await t.call("getContactGroup", page(other), { ContactItem: absentOr([]), GroupItem: absentOr([]) });
      await t.call("searchContactGroup", search(other, [to(bob)]), { GroupItem: absentOr([]) });
    },
  }),
  scenario({
    id: "rejected-call-writes-nothing",
    title: "A rejected call writes nothing",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup", "getContactGroup"],
    calls: 3,
    reason: "A caller fixes the request and sends it again, and must not find half of the first one.",
    sources: ["create-zh-2023", "create-en-2026"],
    async run(t, { owner, bob }) {
      const family = { GroupName: "family", ContactItem: [to(bob)] };
      const unknownType = { ...family, ContactItem: [to(bob), { ...to(bob), Type: 3 }] };
      for (const GroupContactItem of [[unknownType], [family, { ...family, GroupName: "work" }]])
        await t.send(
          "createContactGroup",
          { body: { From_Account: owner, GroupContactItem } },
          { ErrorCode: requestChecks.body.error },
        );
      await t.call("getContactGroup", page(owner), { ContactItem: absentOr([]), GroupItem: absentOr([]) });
    },
  }),
  scenario({
    id: "rejected-change-writes-nothing",
    title: "A rejected change, marking or deletion writes nothing, even if a part of it is valid",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported } },
    operations: ["createContactGroup", "updateContactGroup", "markContact", "delContactGroup", "getContactGroup"],
    calls: 6,
    reason: "A caller fixes the request and sends it again, and must not find half of the first one.",
    sources: ["update-en-2026", "mark-en-2026", "delete-en-2026", "project"],
    async run(t, { owner, bob, cat }) {
      const GroupId = await createGroup(t, owner, "family", [to(bob)]);
      const rejected = { ErrorCode: requestChecks.body.error };
      const unknownType = { ...to(cat), Type: 3 };
      const update = change(owner, "family", [add(to(cat)), add(unknownType as never)]);
      await t.send("updateContactGroup", { body: update }, rejected);
      const marking = marks(owner, star(bob, 0), { ...star(cat, 0), ContactItem: unknownType as never });
      await t.send("markContact", { body: marking }, rejected);
      await t.send("delContactGroup", { body: { From_Account: owner, GroupName: ["family", "work"] } }, rejected);
      await t.call("createContactGroup", newGroup(owner, textOf(most.bytesOfNameDisputed + 1), [to(cat)]), {
        ErrorCode: errorCodes.GroupNameTooLong,
      });
      await t.call("getContactGroup", page(owner), {
        ContactItem: [{ ...to(bob), StandardMark: absentOr(bits("")), ContactGroupId: [GroupId] }],
        GroupItem: [{ GroupName: "family", GroupId }],
      });
    },
  }),
  scenario({
    id: "life-of-a-group",
    title: "A group is created, read, renamed, given a conversation of another group, searched, and deleted",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported, dan: imported } },
    operations: [
      "createContactGroup",
      "getContactGroup",
      "updateContactGroup",
      "searchContactGroup",
      "delContactGroup",
    ],
    calls: 10,
    reason:
      "This is what an app does with a group from its first day to its last, with each operation seeing what the others did.",
    sources: [
      "create-zh-2023",
      "get-en-2023",
      "update-en-2026",
      "search-en-2026",
      "delete-en-2026",
      "errors-2025",
      "project",
    ],
    async run(t, { owner, bob, cat, dan }) {
      const family = await createGroup(t, owner, "family", [to(bob), to(cat)]);
      const work = await createGroup(t, owner, "work", [to(dan)]);
      await t.call("getContactGroup", page(owner), { ContactItem: lengthOf(3), GroupItem: lengthOf(2) });
      await t.call("updateContactGroup", rename(owner, "family", "friends"), {
        UpdateGroupResult: { GroupId: family },
      });
      await t.call("updateContactGroup", change(owner, "work", [remove(to(dan))]));
      await t.call("updateContactGroup", change(owner, "friends", [add(to(dan))]));
      const friends = { GroupName: "friends", GroupId: family };
      await t.call("searchContactGroup", search(owner, [to(dan), to(bob)]), {
        ContactResultItem: [
          { ...to(dan), ContactGroupId: [family] },
          { ...to(bob), ContactGroupId: [family] },
        ],
        GroupItem: anyOrder([friends, { GroupName: "work", GroupId: work }]),
      });
      await t.call("delContactGroup", deletion(owner, "friends"), { GroupItem: [friends] });
      await t.call("delContactGroup", deletion(owner, "friends"), {
        ErrorCode: errorCodes.ConversationGroupNotFound,
      });
      await t.call("getContactGroup", page(owner), {
        ContactItem: absentOr([]),
        GroupItem: [{ GroupName: "work", GroupId: work }],
      });
    },
  }),
];
