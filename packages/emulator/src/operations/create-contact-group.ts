import { count } from "@contact-groups/core/check";
import type { GroupContactItem, ResultItem } from "@contact-groups/openapi/bodies";
import { requestChecks, limits, type RequestBody } from "@contact-groups/openapi/model";
import type { OperationContext, Outcome } from "../core/operation.ts";
import { errorNamed, nameOf } from "../errors.ts";
import { explainRefusal, RefusedError } from "../refusal.ts";
import { makeRoom } from "../state/conversation-cap.ts";
import { checkGroupName } from "../state/group-name.ts";
import { conversationItem, groupItem, toKey } from "../state/items.ts";
import { checkPeer } from "../state/peer.ts";
import { checkUser } from "../state/user.ts";
import { UserState } from "../state/user-state.ts";
import type { GroupRow } from "../store/store.ts";

export const rules = {
  "create.one-group": {
    what: "A call creates one group",
    evidence: "create-zh-2023",
    check: "body",
    at: "/GroupContactItem",
    keywords: ["maxItems"],
  },
  "create.name-empty": {
    what: "A group's name is not empty",
    evidence: "project",
    check: "body",
    at: "/GroupContactItem/*/GroupName",
    keywords: ["minLength"],
  },
  "create.name-bytes": {
    what: "A group's name has at most `groupNameBytes` bytes in UTF-8, and no half of a surrogate pair",
    evidence: "create-zh-2023 (32), create-en-2026 (64)",
    setting: "groupNameBytes",
    error: "GroupNameTooLong",
    at: "/GroupContactItem/*/GroupName",
    keywords: ["maxLength", "x-maxBytes"],
  },
  "create.conversation-count": {
    what: "A call has at most as many conversations as the schema allows; an empty list is accepted",
    evidence: "native-sdk-8.0, create-en-2026",
    setting: "emptyCreate",
    error: "InvalidConversationCount",
    at: "/GroupContactItem/*/ContactItem",
    keywords: ["maxItems"],
  },
  "create.edition": {
    what: "The app's edition includes conversation groups",
    evidence: "create-zh-2023",
    setting: "edition",
    error: "EditionRequired",
  },
  "create.existing-name": {
    what: "A name that exists: that group gets the conversations and keeps its ID",
    evidence: "project",
    setting: "existingName",
    check: "body",
  },
  "create.group-count": {
    what: "A user has at most as many groups as the limit `groupsPerUser` allows",
    evidence: "create-zh-2023, search-en-2026",
    limit: "groupsPerUser",
  },
  "create.new-group": {
    what: "IDs rise by one per user from 1 and are never used again",
    evidence: "get-en-2023, project",
  },
} as const;

/** Creates a conversation group, or adds to the one that has the name, and puts the conversations into it. */
export function run(
  { From_Account: userId, GroupContactItem: [item] }: RequestBody<"createContactGroup">,
  context: OperationContext,
): Outcome<"createContactGroup"> {
  if (!item) throw new RangeError("The check let a request without a group pass.");
  checkUser(userId, context);
  checkEdition(context);
  checkGroupName(item.GroupName, "/GroupContactItem/0/GroupName", context);
  checkCount(item, context);

  const user = new UserState(context.store, { sdkAppId: context.sdkAppId, userId });
  const existing = user.groupByName(item.GroupName);
  const group = existing ? checkExisting(existing, context) : create(item.GroupName, user, context);
  const results = (item.ContactItem ?? []).map((conversation): Required<ResultItem> => {
    const key = toKey(conversation);
    const refusal = checkPeer(key, userId, context) ?? makeRoom(key, group.id, user, context);
    if (!refusal) user.join(key, group.id, Math.floor(context.now / 1000));
    const { code: ResultCode } = refusal ? errorNamed(refusal.error) : { code: 0 };
    return { ContactItem: conversationItem(key), ResultCode, ResultInfo: refusal ? explainRefusal(refusal) : "" };
  });
  user.save();
  const failed = results.filter(({ ResultCode }) => ResultCode !== 0).length;
  const done = `${count(results.length - failed, "conversation")} in it${failed > 0 ? `, ${failed} refused` : ""}`;
  return {
    members: { GroupResultItem: [{ GroupItem: groupItem(group), ResultItem: results }] },
    rule: existing ? "create.existing-name" : "create.new-group",
    why: `The group ${group.id} ${existing ? "had the name already" : "was created"}; the call put ${done}`,
  };
}

function checkEdition({ settings }: OperationContext): void {
  if (settings.edition === "included") return;
  const why = "The setting edition says that the app's edition does not include conversation groups";
  throw new RefusedError({ rule: "create.edition", error: "EditionRequired", why });
}

function checkCount({ ContactItem: conversations }: GroupContactItem, { settings }: OperationContext): void {
  if (settings.emptyCreate === "accept" || (conversations ?? []).length > 0) return;
  const why = "/GroupContactItem/0/ContactItem must have at least 1 item, but has 0";
  throw new RefusedError({ rule: "create.conversation-count", error: "InvalidConversationCount", why });
}

function checkExisting(group: GroupRow, { settings }: OperationContext): GroupRow {
  if (settings.existingName === "add") return group;
  const why = `/GroupContactItem/0/GroupName is the name of the group ${group.id} already`;
  throw new RefusedError({ rule: "create.existing-name", error: requestChecks.body.name, why });
}

function create(name: string, user: UserState, context: OperationContext): GroupRow {
  const { maximum, error } = limits.groupsPerUser;
  if (user.row.groups >= maximum) {
    const why = `The user has ${count(user.row.groups, "conversation group")}, and may have ${maximum}`;
    throw new RefusedError({ rule: "create.group-count", error: nameOf(error), why });
  }
  const last = user.row.lastGroupId;
  const id = context.nextGroupId(last);
  if (!Number.isSafeInteger(id) || id <= last)
    throw new RangeError(`nextGroupId returned ${id}, which is not an integer above ${last}.`);
  user.createGroup(name, id);
  return { id, name, size: 0 };
}
