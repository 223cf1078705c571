/** Scenarios of the conversations of groups: they are added and removed, and single ones fail alone. */
import type { MarkItem } from "@contact-groups/openapi/bodies";
import { errorCodes } from "@contact-groups/openapi/model";
import { absent, absentOr, anyOrder, lengthOf, oneOf, bits } from "../matching.ts";
import { fresh, imported, scenario, type Scenario, unknown } from "../scenario.ts";
import { add, change, chat, createGroup, marks, newGroup, page, remove, search, to } from "./bodies.ts";

export const conversations: readonly Scenario[] = [
  scenario({
    id: "conversation-has-one-id",
    title: "A conversation in a response has the ID of its Type, and no field for the other one",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup", "getContactGroup", "searchContactGroup"],
    reason: "A caller that tells conversations apart by the field that is there would take a user for a chat group.",
    sources: ["get-en-2026", "search-en-2026", "project"],
    async run(t, { owner, bob }) {
      const item = { ...to(bob), ToGroupId: absent };
      await t.call("createContactGroup", newGroup(owner, "family", [to(bob)]), {
        GroupResultItem: [{ ResultItem: [{ ContactItem: item }] }],
      });
      await t.call("getContactGroup", page(owner), { ContactItem: [item] });
      await t.call("searchContactGroup", search(owner, [to(bob)]), { ContactResultItem: [item] });
    },
  }),
  scenario({
    id: "chat-group-conversation",
    title: "A conversation in a chat group can be added to a group and is found by its GroupID",
    group: "stateful",
    needs: { users: { owner: fresh }, chatGroups: { club: "usable" } },
    operations: ["createContactGroup", "getContactGroup", "searchContactGroup"],
    reason: "The two kinds of conversation have their ID in different fields.",
    sources: ["create-en-2026", "search-en-2026"],
    async run(t, { owner, club }) {
      await t.call("createContactGroup", newGroup(owner, "clubs", [chat(club)]), {
        GroupResultItem: [{ ResultItem: [{ ContactItem: chat(club), ResultCode: 0 }] }],
      });
      await t.call("getContactGroup", page(owner), { ContactItem: [chat(club)] });
      await t.call("searchContactGroup", search(owner, [chat(club)]), { ContactResultItem: [chat(club)] });
    },
  }),
  scenario({
    id: "chat-group-is-marked",
    title: "A conversation in a chat group can have marks",
    group: "stateful",
    needs: { users: { owner: fresh }, chatGroups: { club: "usable" } },
    operations: ["markContact", "getContactGroup", "searchContactGroup"],
    reason: "A user stars a chat group like any other conversation.",
    sources: ["mark-en-2026", "search-en-2026"],
    async run(t, { owner, club }) {
      const item: MarkItem = { OptType: 3, ContactItem: chat(club), SetMark: [1, 3], CustomMark: "call back" };
      await t.call("markContact", marks(owner, item), { ResultItem: [{ ContactItem: chat(club), ResultCode: 0 }] });
      const marked = { ...chat(club), StandardMark: bits("1010"), CustomMark: "call back" };
      await t.call("getContactGroup", page(owner), { ContactItem: [marked] });
      await t.call("searchContactGroup", search(owner, [chat(club)]), { ContactResultItem: [marked] });
    },
  }),
  scenario({
    id: "conversations-are-added-and-removed",
    title:
      "A call adds conversations to a group and removes others from it, with a result for each, and leaves other groups as they are",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported, dan: imported } },
    operations: ["createContactGroup", "updateContactGroup", "getContactGroup"],
    calls: 4,
    reason: "An app that edits a group sends all changes in one call.",
    sources: ["update-en-2024", "update-en-2026"],
    async run(t, { owner, bob, cat, dan }) {
      const GroupId = await createGroup(t, owner, "family", [to(bob), to(cat)]);
      const work = await createGroup(t, owner, "work", [to(bob)]);
      await t.call("updateContactGroup", change(owner, "family", [add(to(dan)), remove(to(bob))]), {
        UpdateGroupResult: {
          UpdateGroupType: 2,
          GroupName: "family",
          GroupId,
          ContactResultItem: [
            { ...add(to(dan)), ResultCode: 0 },
            { ...remove(to(bob)), ResultCode: 0 },
          ],
        },
      });
      await t.call("getContactGroup", page(owner), {
        ContactItem: anyOrder([
          { ...to(bob), ContactGroupId: [work] },
          { ...to(cat), ContactGroupId: [GroupId] },
          { ...to(dan), ContactGroupId: [GroupId] },
        ]),
        GroupItem: anyOrder([
          { GroupName: "family", GroupId },
          { GroupName: "work", GroupId: work },
        ]),
      });
    },
  }),
  scenario({
    id: "update-in-the-order-requested",
    title: "A conversation that a call adds and removes is in the group or not as the last of the changes says",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported } },
    operations: ["createContactGroup", "updateContactGroup", "getContactGroup"],
    reason: "An app that collects its user's changes sends a conversation twice when the user changed their mind.",
    sources: ["project"],
    async run(t, { owner, bob, cat }) {
      await t.call("createContactGroup", newGroup(owner, "family"));
      const changes = [add(to(bob)), remove(to(cat)), remove(to(bob)), add(to(cat))];
      await t.call("updateContactGroup", change(owner, "family", changes), {
        UpdateGroupResult: { ContactResultItem: lengthOf(changes.length) },
      });
      await t.call("getContactGroup", page(owner), { ContactItem: [to(cat)] });
    },
  }),
  scenario({
    id: "removed-ungrouped-conversation",
    title: "Removing a conversation that is not in the group succeeds and changes nothing",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported } },
    operations: ["createContactGroup", "updateContactGroup", "getContactGroup"],
    reason: "A caller that sends a removal again after a time-out must not take it for a failure.",
    sources: ["project"],
    async run(t, { owner, bob, cat }) {
      await t.call("createContactGroup", newGroup(owner, "family", [to(bob)]));
      await t.call("updateContactGroup", change(owner, "family", [remove(to(cat))]), {
        UpdateGroupResult: { ContactResultItem: [{ ContactItem: to(cat), ResultCode: 0 }] },
      });
      await t.call("getContactGroup", page(owner), { ContactItem: [to(bob)] });
    },
  }),
  scenario({
    id: "other-id-changes-nothing",
    title: "A conversation with the IDs of both types is rejected, or the ID of the other type is ignored",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, cat: imported }, chatGroups: { gone: "missing" } },
    operations: ["createContactGroup", "getContactGroup"],
    reason:
      "A client that sends both fields, as some do, must not group another conversation than the one of its Type.",
    sources: ["public-client-java", "search-en-2026", "project"],
    async run(t, { owner, bob, cat, gone }) {
      const ContactItem = [
        { ...to(bob), ToGroupId: gone },
        { ...chat(gone), To_Account: cat },
      ];
      await t.send(
        "createContactGroup",
        { body: { From_Account: owner, GroupContactItem: [{ GroupName: "family", ContactItem }] } },
        { ErrorCode: oneOf(0, errorCodes.InvalidRequestParameter) },
      );
      await t.call("getContactGroup", page(owner), { ContactItem: absentOr(oneOf([], [to(bob)])) });
    },
  }),
  scenario({
    id: "unknown-peer-fails-alone",
    title: "A conversation with a user who was not imported fails alone, and the others are added to the group",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, stranger: unknown } },
    operations: ["createContactGroup", "getContactGroup"],
    reason: "A client that checks only ErrorCode would lose the failed conversation silently.",
    sources: ["web-sdk-3.6.6", "project"],
    async run(t, { owner, bob, stranger }) {
      await t.call("createContactGroup", newGroup(owner, "family", [to(stranger), to(bob)]), {
        GroupResultItem: [
          {
            ResultItem: [
              { ContactItem: to(stranger), ResultCode: errorCodes.UserNotImported },
              { ContactItem: to(bob), ResultCode: 0 },
            ],
          },
        ],
      });
      await t.call("getContactGroup", page(owner), { ContactItem: [to(bob)] });
    },
  }),
  scenario({
    id: "missing-chat-group-fails-alone",
    title: "A conversation in a chat group that does not exist fails alone",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported }, chatGroups: { gone: "missing" } },
    operations: ["createContactGroup", "getContactGroup"],
    reason: "Chat groups are disbanded while users have them in lists; the rest of the call must succeed.",
    sources: ["errors-2025", "web-sdk-3.6.6"],
    async run(t, { owner, bob, gone }) {
      await t.call("createContactGroup", newGroup(owner, "family", [to(bob), chat(gone)]), {
        GroupResultItem: [
          {
            ResultItem: [
              { ContactItem: to(bob), ResultCode: 0 },
              { ContactItem: chat(gone), ResultCode: errorCodes.ChatGroupUnavailable },
            ],
          },
        ],
      });
      await t.call("getContactGroup", page(owner), { ContactItem: [to(bob)] });
    },
  }),
  scenario({
    id: "added-unknown-peer-fails-alone",
    title: "A conversation with a user who was not imported fails alone when a group is changed",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported, stranger: unknown } },
    operations: ["createContactGroup", "updateContactGroup", "getContactGroup"],
    reason: "A client that checks only ErrorCode would lose the failed conversation silently.",
    sources: ["web-sdk-3.6.6", "project"],
    async run(t, { owner, bob, stranger }) {
      await t.call("createContactGroup", newGroup(owner, "family"));
      await t.call("updateContactGroup", change(owner, "family", [add(to(stranger)), add(to(bob))]), {
        UpdateGroupResult: {
          ContactResultItem: [
            { ContactItem: to(stranger), ResultCode: errorCodes.UserNotImported },
            { ContactItem: to(bob), ResultCode: 0 },
          ],
        },
      });
      await t.call("getContactGroup", page(owner), { ContactItem: [to(bob)] });
    },
  }),
  scenario({
    id: "added-missing-chat-group-fails-alone",
    title: "A conversation in a chat group that does not exist fails alone when a group is changed",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported }, chatGroups: { gone: "missing" } },
    operations: ["createContactGroup", "updateContactGroup", "getContactGroup"],
    reason: "Chat groups are disbanded while users have them in lists; the rest of the call must succeed.",
    sources: ["errors-2025", "web-sdk-3.6.6", "project"],
    async run(t, { owner, bob, gone }) {
      await t.call("createContactGroup", newGroup(owner, "family"));
      await t.call("updateContactGroup", change(owner, "family", [add(to(bob)), add(chat(gone))]), {
        UpdateGroupResult: {
          ContactResultItem: [
            { ContactItem: to(bob), ResultCode: 0 },
            { ContactItem: chat(gone), ResultCode: errorCodes.ChatGroupUnavailable },
          ],
        },
      });
      await t.call("getContactGroup", page(owner), { ContactItem: [to(bob)] });
    },
  }),
];
