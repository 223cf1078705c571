import { count } from "@contact-groups/core/check";
import type { GroupContactItem, ResultItem } from "@contact-groups/openapi/bodies";
import { limits, type RequestBody, requestChecks } from "@contact-groups/openapi/model";
import { nameOf, CallError } from "../failure.ts";
import { countResults, runItem } from "../item-results.ts";
import type { OperationContext, OperationSuccess, WritingContext } from "../operation.ts";
import { checkEdition, checkGroupName, checkPeer, checkUser, enforceCap } from "../state/checks.ts";
import { conversationItem, groupItem, toKey, UserState } from "../state/user-state.ts";
import type { GroupRow } from "../store/store.ts";

export const rules = {
  "create.one-group": {
    what: "A call creates one group",
    evidence: "create-zh-2023",
    check: "body",
    at: "/GroupContactItem",
    keywords: ["maxItems"],
  },
  "create.empty-list": {
    what: "A group can be created with an empty list of conversations, or without a list",
    evidence: "create-en-2026",
    setting: "emptyCreate",
    error: "InvalidConversationCount",
  },
  "create.existing-name": {
    what: "The name exists: the conversations are added to that group, which keeps its ID",
    evidence: "project",
    setting: "existingName",
    check: "body",
  },
  "create.group-count": {
    what: "The number of groups of a user stays within the limit `groupsPerUser`",
    evidence: "create-zh-2023, search-en-2026",
    limit: "groupsPerUser",
  },
  "create.new-group": {
    what: "The IDs of a user's groups rise by one from 1 and are never used again",
    evidence: "get-en-2023, project",
  },
  "create.all-failed": {
    what: "A group is created although each of its conversations fails. It is empty",
    evidence: "project",
  },
} as const;

type CreateRule = keyof typeof rules;

/** Creates a conversation group, or finds the one that has the name, and adds the conversations to it. */
export function run(
  { From_Account: userId, GroupContactItem: [item] }: RequestBody<"createContactGroup">,
  context: WritingContext,
): OperationSuccess<"createContactGroup", CreateRule> {
  if (!item) throw new RangeError("The request checks accepted a request without a group.");
  checkUser(userId, context);
  checkEdition(context);
  checkGroupName(item.GroupName, "/GroupContactItem/0/GroupName", context);
  checkNotEmpty(item, context);

  const user = new UserState(context.store, { sdkAppId: context.sdkAppId, userId });
  const existing = user.groupByName(item.GroupName);
  const group = existing ? checkExisting(existing, context) : create(item.GroupName, user, context);
  const results = (item.ContactItem ?? []).map((conversation, index): Required<ResultItem> => {
    const key = toKey(conversation);
    const result = runItem(index, context, () => {
      const failure = checkPeer(key, userId, context) ?? enforceCap(key, group.id, user, context);
      if (!failure) user.join(key, group.id, Math.floor(context.now / 1000));
      return failure;
    });
    return { ContactItem: conversationItem(key), ...result };
  });
  user.save();
  return {
    members: { GroupResultItem: [{ GroupItem: groupItem(group), ResultItem: results }] },
    rule: existing ? "create.existing-name" : "create.new-group",
    why: `The group ${group.id} ${existing ? "already had the name" : "was created"}; the call added ${countResults(results)}`,
  };
}

function checkNotEmpty({ ContactItem: conversations }: GroupContactItem, { settings }: OperationContext): void {
  if (settings.emptyCreate === "accept" || (conversations ?? []).length > 0) return;
  const why = "/GroupContactItem/0/ContactItem must have at least 1 item, but has 0";
  throw new CallError<CreateRule>({ rule: "create.empty-list", error: "InvalidConversationCount", why });
}

function checkExisting(group: GroupRow, { settings }: OperationContext): GroupRow {
  if (settings.existingName === "add") return group;
  const why = `/GroupContactItem/0/GroupName is already the name of the group ${group.id}`;
  throw new CallError<CreateRule>({ rule: "create.existing-name", error: requestChecks.body.name, why });
}

function create(name: string, user: UserState, context: OperationContext): GroupRow {
  const { maximum, error } = limits.groupsPerUser;
  if (user.row.groups >= maximum) {
    const why = `The user has ${count(user.row.groups, "conversation group")}, and the limit is ${maximum}`;
    throw new CallError<CreateRule>({ rule: "create.group-count", error: nameOf(error), why });
  }
  const last = user.row.lastGroupId;
  const id = context.nextGroupId(last);
  if (!Number.isSafeInteger(id) || id <= last)
    throw new RangeError(`nextGroupId returned ${id}, but must return an integer above ${last}.`);
  user.createGroup(name, id);
  return { id, name, size: 0 };
}
