import type {
  ContactUpdateItem,
  ContactUpdateResult,
  RegroupedConversations,
  RenamedGroup,
  UpdateGroupResult,
} from "@contact-groups/openapi/bodies";
import { type RequestBody, requestChecks } from "@contact-groups/openapi/model";
import { CallError, type CallFailure } from "../failure.ts";
import { countResults, runItem } from "../item-results.ts";
import type { OperationSuccess, WritingContext } from "../operation.ts";
import { checkEdition, checkGroupName, checkPeer, checkUser, enforceCap, groupNamed } from "../state/checks.ts";
import { conversationItem, groupItem, toKey, UserState } from "../state/user-state.ts";
import type { ConversationKey, GroupRow } from "../store/store.ts";

export const rules = {
  "update.rename": {
    what: "The group has the new name and keeps its ID and its conversations",
    evidence: "update-en-2026, project",
  },
  "update.taken-name": {
    what: "Another group has the new name: the call fails",
    evidence: "project",
    setting: "renameToExisting",
    check: "body",
  },
  "update.conversations": {
    what: "Conversations are added to the group and removed from it, in the order of the request",
    evidence: "update-en-2024, update-en-2026",
  },
  "update.ungrouped": {
    what: "A conversation to be removed that is not in the group: nothing changes, whether or not its other side exists",
    evidence: "project",
    setting: "removeUngrouped",
    check: "body",
  },
} as const;

type UpdateRule = keyof typeof rules;
type Success = OperationSuccess<"updateContactGroup", UpdateRule>;

const newName = "/UpdateGroup/NewGroupName";

/** Renames a conversation group, or adds conversations to it and removes them. */
export function run(
  { From_Account: userId, UpdateType, UpdateGroup: change }: RequestBody<"updateContactGroup">,
  context: WritingContext,
): Success {
  checkUser(userId, context);
  checkEdition(context);
  if (change.UpdateGroupType === 1) checkGroupName(change.NewGroupName, newName, context);
  const user = new UserState(context.store, { sdkAppId: context.sdkAppId, userId });
  const group = groupNamed(change.OldGroupName, "/UpdateGroup/OldGroupName", user, context);
  const isRename = change.UpdateGroupType === 1;
  const result = isRename ? rename(group, change, user, context) : regroup(group, change, userId, user, context);
  user.save();
  const { UpdateGroupType, OldGroupName } = change;
  return {
    members: { UpdateType, UpdateGroupResult: { UpdateGroupType, OldGroupName, ...result.members } },
    rule: isRename ? "update.rename" : "update.conversations",
    why: result.why,
  };
}

/** What a change adds to the result, and why. */
interface Changed {
  readonly members: Pick<UpdateGroupResult, "GroupName" | "GroupId" | "ContactResultItem">;
  readonly why: string;
}

function rename(
  { id, name: old }: GroupRow,
  { NewGroupName: name }: RenamedGroup,
  user: UserState,
  { settings }: WritingContext,
): Changed {
  const other = user.groupByName(name);
  if (other && other.id !== id && settings.renameToExisting === "error") {
    const why = `${newName} is already the name of the group ${other.id}`;
    throw new CallError<UpdateRule>({ rule: "update.taken-name", error: requestChecks.body.name, why });
  }
  if (name !== old) user.renameGroup(id, name);
  return {
    members: groupItem({ id, name }),
    why: `The group ${id} ${name === old ? "already had the name" : "was renamed"}`,
  };
}

function regroup(
  group: GroupRow,
  { ContactUpdateItem: items }: RegroupedConversations,
  userId: string,
  user: UserState,
  context: WritingContext,
): Changed {
  const seconds = Math.floor(context.now / 1000);
  const regroupOne = ({ ContactOptType, ContactItem }: ContactUpdateItem): CallFailure | undefined => {
    const key = toKey(ContactItem);
    if (ContactOptType === 2) return leave(key, group, user, context, seconds);
    const failure = checkPeer(key, userId, context) ?? enforceCap(key, group.id, user, context);
    if (!failure) user.join(key, group.id, seconds);
    return failure;
  };
  const results = items.map((item, index): ContactUpdateResult => {
    const { ContactOptType, ContactItem } = item;
    const result = runItem(index, context, () => regroupOne(item));
    return { ContactOptType, ContactItem: conversationItem(toKey(ContactItem)), ...result };
  });
  return {
    members: { ...groupItem(group), ContactResultItem: results },
    why: `The call added to the group ${group.id}, or removed from it, ${countResults(results)}`,
  };
}

function leave(
  key: ConversationKey,
  { id }: GroupRow,
  user: UserState,
  { settings }: WritingContext,
  seconds: number,
): CallFailure<UpdateRule> | undefined {
  const row = user.conversation(key);
  if (row?.groups.some(({ groupId }) => groupId === id)) {
    user.leave(row, id, seconds);
    return undefined;
  }
  if (settings.removeUngrouped === "accept") return undefined;
  return {
    rule: "update.ungrouped",
    error: requestChecks.body.name,
    why: `The conversation is not in the group ${id}`,
  };
}
