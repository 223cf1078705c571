/** Scenarios of names: their length, and new names. */
import { errorCodes, requestChecks } from "@contact-groups/openapi/model";
import { absentOr, anyOrder, not } from "../matching.ts";
import { fresh, imported, scenario, type Scenario } from "../scenario.ts";
import { add, change, createGroup, deletion, most, newGroup, page, rename, textOf, to } from "./bodies.ts";

/** Patterns of databases that match "family". */
const patterns = ["fam_ly", "%", "fam*", "^fam"] as const;

export const names: readonly Scenario[] = [
  scenario({
    id: "group-name-bytes",
    title: "A group name can have as many bytes as the limit, and each of them counts",
    group: "limits",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup"],
    calls: 3,
    reason:
      "A name within the limit must not be rejected or truncated, and not be taken for one with the same beginning.",
    sources: ["create-zh-2023", "create-en-2026"],
    async run(t, { owner }) {
      const GroupId = await createGroup(t, owner, textOf(most.bytesOfName, "x"));
      await createGroup(t, owner, `${textOf(most.bytesOfName - 1, "x")}y`, undefined, { GroupId: not(GroupId) });
      const name = textOf(most.bytesOfName);
      await t.call("createContactGroup", newGroup(owner, name), {
        GroupResultItem: [{ GroupItem: { GroupName: name } }],
      });
    },
  }),
  scenario({
    id: "group-name-over-32-bytes",
    title: "A group name of one byte over the documented limit is rejected",
    group: "invalid",
    disputed: true,
    needs: { users: { owner: imported } },
    operations: ["createContactGroup"],
    reason: "One document of 2026 says 64 bytes, all others and the text of the code say 32.",
    sources: ["create-zh-2023", "create-zh-2025", "native-sdk-8.0"],
    async run(t, { owner }) {
      await t.call("createContactGroup", newGroup(owner, textOf(most.bytesOfName + 1)), {
        ErrorCode: errorCodes.GroupNameTooLong,
      });
    },
  }),
  scenario({
    id: "group-name-over-every-reading",
    title: "A group name that is too long by every document is rejected, counted in bytes",
    group: "invalid",
    needs: { users: { owner: imported } },
    operations: ["createContactGroup"],
    reason:
      "A Chinese character has three bytes, so a limit that counts characters would store names that other clients cannot use.",
    sources: ["create-zh-2023", "create-en-2026"],
    async run(t, { owner }) {
      await t.call("createContactGroup", newGroup(owner, textOf(most.bytesOfNameDisputed + 1)), {
        ErrorCode: errorCodes.GroupNameTooLong,
      });
    },
  }),
  scenario({
    id: "new-group-name-bytes",
    title:
      "A new group name can have as many bytes as the limit, and one that is too long by every document changes nothing",
    group: "limits",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup", "updateContactGroup", "getContactGroup", "delContactGroup"],
    calls: 6,
    reason:
      "A name within the limit must not be rejected or truncated, whether it is the first one, a new or an old one.",
    sources: ["update-zh-2025", "update-en-2026"],
    async run(t, { owner }) {
      await t.call("createContactGroup", newGroup(owner, "family"));
      await t.call("updateContactGroup", rename(owner, "family", textOf(most.bytesOfNameDisputed + 1)), {
        ErrorCode: errorCodes.GroupNameTooLong,
      });
      const name = textOf(most.bytesOfName);
      await t.call("updateContactGroup", rename(owner, "family", name));
      await t.call("getContactGroup", page(owner), { GroupItem: [{ GroupName: name }] });
      const another = textOf(most.bytesOfName, "x");
      await t.call("updateContactGroup", rename(owner, name, another));
      await t.call("delContactGroup", deletion(owner, another));
    },
  }),
  scenario({
    id: "renamed-group-keeps-its-conversations",
    title: "A renamed group keeps its ID and its conversations, and only its new name is listed",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup", "updateContactGroup", "getContactGroup"],
    reason: "A caller that stores the ID would lose the group with each new name.",
    sources: ["update-en-2026", "project"],
    async run(t, { owner, bob }) {
      const GroupId = await createGroup(t, owner, "family", [to(bob)]);
      await t.call("updateContactGroup", rename(owner, "family", "家人"), {
        UpdateType: absentOr(1),
        UpdateGroupResult: { UpdateGroupType: 1, GroupName: "家人", GroupId, OldGroupName: absentOr("family") },
      });
      await t.call("getContactGroup", page(owner), {
        ContactItem: [{ ...to(bob), ContactGroupId: [GroupId] }],
        GroupItem: [{ GroupName: "家人", GroupId }],
      });
    },
  }),
  scenario({
    id: "rename-to-existing-name",
    title: "A group cannot get the name of another group, and both stay as they are",
    group: "stateful",
    needs: { users: { owner: fresh } },
    operations: ["createContactGroup", "updateContactGroup", "getContactGroup"],
    calls: 4,
    reason:
      "A group is changed and deleted by its name, so a caller could no longer choose one of two with the same name.",
    sources: ["project"],
    async run(t, { owner }) {
      const family = await createGroup(t, owner, "family");
      const work = await createGroup(t, owner, "work");
      await t.call("updateContactGroup", rename(owner, "family", "work"), { ErrorCode: requestChecks.body.error });
      await t.call("getContactGroup", page(owner), {
        GroupItem: anyOrder([
          { GroupName: "family", GroupId: family },
          { GroupName: "work", GroupId: work },
        ]),
      });
    },
  }),
  scenario({
    id: "missing-group-is-not-changed",
    title: "A group that does not exist cannot be renamed, changed or deleted, and nothing is written",
    group: "stateful",
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup", "updateContactGroup", "delContactGroup", "getContactGroup"],
    calls: 5 + patterns.length,
    reason: "A caller learns from this code that the group was renamed or deleted by someone else.",
    sources: ["get-en-2023", "errors-2025"],
    async run(t, { owner, bob }) {
      const GroupId = await createGroup(t, owner, "family");
      const rejected = { ErrorCode: errorCodes.ConversationGroupNotFound };
      await t.call("updateContactGroup", rename(owner, "work", "friends"), rejected);
      await t.call("updateContactGroup", change(owner, "work", [add(to(bob))]), rejected);
      for (const name of ["work", ...patterns]) await t.call("delContactGroup", deletion(owner, name), rejected);
      await t.call("getContactGroup", page(owner), {
        ContactItem: absentOr([]),
        GroupItem: [{ GroupName: "family", GroupId }],
      });
    },
  }),
];
