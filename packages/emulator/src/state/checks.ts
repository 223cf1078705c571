/** What operations check in the state: users, chat groups, names, and the cap of grouped conversations. */
import { byteLength, count } from "@contact-groups/core/check";
import { errorCodes, errors, limits, requestChecks } from "@contact-groups/openapi/model";
import { CallError, type CallFailure, nameOf } from "../failure.ts";
import type { OperationContext } from "../operation.ts";
import { defaultSettings, type Settings } from "../settings.ts";
import type { ConversationKey, GroupRow } from "../store/store.ts";
import { isMarked, type UserState } from "./user-state.ts";

/** The rules of the state, which several operations can share. */
export const stateRules = {
  "user.imported": {
    what: "The user in `From_Account` was imported",
    evidence: "search-en-2026",
    setting: "accounts",
    error: "UserNotImported",
  },
  "app.edition": {
    what: "The app's edition includes conversation groups and standard marks",
    evidence: "create-zh-2023, mark-en-2024",
    setting: "edition",
    error: "EditionRequired",
  },
  "group.name-empty": {
    what: "A group's name is not empty",
    evidence: "project",
    check: "body",
    fieldsWith: "GroupNameTooLong",
    keywords: ["minLength"],
  },
  "group.name-bytes": {
    what: "A group's name has at most `groupNameBytes` bytes in UTF-8, and no half of a surrogate pair",
    evidence: "create-zh-2023 (32), create-en-2026 (64)",
    setting: "groupNameBytes",
    error: "GroupNameTooLong",
    fieldsWith: "GroupNameTooLong",
    keywords: ["maxLength", "x-maxBytes"],
  },
  "group.exists": {
    what: "A group that is to be changed exists. Names are compared byte by byte",
    evidence: "get-en-2023, errors-2025",
    error: "ConversationGroupNotFound",
  },
  "conversation.count": {
    what: "A call has as many conversations as the schema allows",
    evidence: "native-sdk-8.0, create-en-2026",
    error: "InvalidConversationCount",
    fieldsWith: "InvalidConversationCount",
    keywords: ["minItems", "maxItems"],
  },
  "conversation.peer-imported": {
    what: "A `To_Account` that was not imported: only that conversation fails",
    evidence: "project",
    setting: "unknownPeer",
    error: "UserNotImported",
  },
  "conversation.chat-group": {
    what: "A chat group that does not exist, was disbanded or does not have the user as a member: only that conversation fails",
    evidence: "errors-2025, web-sdk-3.6.6",
    setting: "unknownPeer",
    error: "ChatGroupUnavailable",
  },
  "conversation.chat-group-known": {
    what: "Only a seeded chat group exists",
    evidence: "project",
    setting: "chatGroups",
    error: "ChatGroupUnavailable",
  },
  "conversation.cap": {
    what: "A conversation beyond the cap: the whole call fails and nothing is written",
    evidence: "search-en-2026, native-sdk-marks",
    setting: "conversationCap",
    limit: "groupedConversations",
  },
  "conversation.cap-scope": {
    what: "The cap counts the user's conversations that are in any group, each once",
    evidence: "get-en-2023, create-zh-2025, create-en-2026-03",
    setting: "conversationCapScope",
    limit: "groupedConversations",
  },
  "mark.cap": {
    what: "A conversation beyond the cap of marks: the whole call fails and nothing is written, also with `evict`, which is about groups",
    evidence: "search-en-2026, create-zh-2025",
    setting: "conversationCap",
    limit: "markedConversations",
  },
  "state.timestamp": {
    what: "A change of a conversation's groups or marks sets its `Timestamp`; setting them to what they are does not",
    evidence: "project",
  },
} as const;

/** Whether a UserID was imported into the app, or counts as imported. */
function isImported(userId: string, { store, settings, sdkAppId }: OperationContext): boolean {
  return settings.accounts === "lenient" || store.hasAccount(sdkAppId, userId);
}

/** Fails a call for a user who was not imported. */
export function checkUser(userId: string, context: OperationContext): void {
  if (isImported(userId, context)) return;
  const why = `/From_Account ${JSON.stringify(userId)} was not imported into the app ${context.sdkAppId}`;
  throw new CallError({ rule: "user.imported", error: "UserNotImported", why });
}

/** Fails a call that needs an edition with conversation groups and standard marks. */
export function checkEdition({ settings }: OperationContext): void {
  if (settings.edition === "included") return;
  const why = "The setting edition says that the app's edition does not include conversation groups and standard marks";
  throw new CallError({ rule: "app.edition", error: "EditionRequired", why });
}

/** Returns why a user cannot use a chat group; undefined when the user can. */
export function chatGroupObstacle(groupId: string, userId: string, context: OperationContext): string | undefined {
  const { store, settings, sdkAppId } = context;
  switch (store.membershipStatus(sdkAppId, groupId, userId)) {
    case "member":
      return undefined;
    case "nonmember":
      return `the user ${JSON.stringify(userId)} is not a member of the chat group ${JSON.stringify(groupId)}`;
    case "disbanded":
      return `the chat group ${JSON.stringify(groupId)} was disbanded`;
    case "missing":
      if (settings.chatGroups === "lenient") return undefined;
      return `the chat group ${JSON.stringify(groupId)} does not exist in the app ${sdkAppId}`;
  }
}

/** Checks the other side of a conversation: returns the failure of the conversation, or fails the call when the setting says so. */
export function checkPeer(key: ConversationKey, userId: string, context: OperationContext): CallFailure | undefined {
  const failure = key.type === 1 ? checkAccount(key.id, context) : checkChatGroup(key.id, userId, context);
  if (failure && context.settings.unknownPeer === "call") throw new CallError(failure);
  return failure;
}

function checkAccount(userId: string, context: OperationContext): CallFailure | undefined {
  if (isImported(userId, context)) return undefined;
  const why = `To_Account ${JSON.stringify(userId)} was not imported into the app ${context.sdkAppId}`;
  return { rule: "conversation.peer-imported", error: "UserNotImported", why };
}

function checkChatGroup(groupId: string, userId: string, context: OperationContext): CallFailure | undefined {
  const obstacle = chatGroupObstacle(groupId, userId, context);
  return obstacle === undefined
    ? undefined
    : { rule: "conversation.chat-group", error: "ChatGroupUnavailable", why: `ToGroupId: ${obstacle}` };
}

/**
 * Fails a call with the name of a conversation group that is too long or that UTF-8 cannot hold.
 *
 * @param place JSON pointer of the name in the request.
 */
export function checkGroupName(name: string, place: string, { settings }: OperationContext): void {
  if (/\p{Surrogate}/u.test(name)) {
    const why = `${place} must be text that UTF-8 can hold, but has half of a surrogate pair`;
    throw new CallError({ rule: "group.name-bytes", error: requestChecks.body.name, why });
  }
  const failure = nameTooLong(name, place, settings);
  if (failure) throw new CallError(failure);
}

/** Returns the failure of a name that is longer than the limit in force, which the text of the error names in place of the documented one. */
export function nameTooLong(
  name: string,
  place: string,
  { groupNameBytes }: Settings,
): CallFailure<"group.name-bytes"> | undefined {
  const bytes = byteLength(name);
  if (bytes <= groupNameBytes) return undefined;
  const limit = count(groupNameBytes, "byte");
  const text = errors[errorCodes.GroupNameTooLong].message.replace(
    count(defaultSettings.groupNameBytes, "byte"),
    limit,
  );
  const why = `${place} must have at most ${limit} in UTF-8, but has ${bytes}`;
  return { rule: "group.name-bytes", error: "GroupNameTooLong", why, text };
}

/**
 * Returns the group of this name, or fails the call: as too long when no group can have the name.
 *
 * @param place JSON pointer of the name in the request.
 */
export function groupNamed(name: string, place: string, user: UserState, context: OperationContext): GroupRow {
  const group = user.groupByName(name);
  if (group) return group;
  checkGroupName(name, place, context);
  const why = `${place} ${JSON.stringify(name)} is not the name of a conversation group of the user`;
  throw new CallError({ rule: "group.exists", error: "ConversationGroupNotFound", why });
}

/** Makes sure that a conversation fits into a group: returns the failure of the conversation, or fails the call when the setting says so. */
export function enforceCap(
  key: ConversationKey,
  groupId: number,
  user: UserState,
  context: OperationContext,
): CallFailure | undefined {
  const { maximum } = limits.groupedConversations;
  const { conversationCap, conversationCapScope: scope } = context.settings;
  const before = user.conversation(key);
  const counted: Counted = {
    grouped: { size: user.row.grouped, has: before !== undefined && before.groups.length > 0 },
    group: { size: user.group(groupId)?.size ?? 0, has: before?.groups.some((it) => it.groupId === groupId) ?? false },
    shared: { size: user.row.kept, has: before !== undefined },
  }[scope];
  if (counted.has || counted.size < maximum) return undefined;
  if (conversationCap === "evict" && evict(groupId, user, context)) return undefined;

  const failure = capFailure("conversation.cap", "groupedConversations", counted, `The scope "${scope}" counts`);
  if (conversationCap === "call") throw new CallError(failure);
  return failure;
}

/** Makes sure that a conversation can have a mark: returns the failure of the conversation, or fails the call unless the setting says `item`. */
export function enforceMarkCap(
  key: ConversationKey,
  user: UserState,
  { settings }: OperationContext,
): CallFailure | undefined {
  const { conversationCap, conversationCapScope: scope } = settings;
  const before = user.conversation(key);
  const counted: Counted =
    scope === "shared"
      ? { size: user.row.kept, has: before !== undefined }
      : { size: user.row.marked, has: before !== undefined && isMarked(before) };
  if (counted.has || counted.size < limits.markedConversations.maximum) return undefined;
  // Only the scope that groups and marks share says something about marks.
  const counts = scope === "shared" ? `The scope "${scope}" counts` : "The user has marks on";
  const failure = capFailure("mark.cap", "markedConversations", counted, counts);
  if (conversationCap !== "item") throw new CallError(failure);
  return failure;
}

/** How many conversations a cap counts, and whether one of them is the one that is added. */
interface Counted {
  readonly size: number;
  readonly has: boolean;
}

function capFailure(
  rule: keyof typeof stateRules,
  limit: "groupedConversations" | "markedConversations",
  { size }: Counted,
  counts: string,
): CallFailure {
  const { maximum, error } = limits[limit];
  return { rule, error: nameOf(error), why: `${counts} ${size} conversations, and the limit is ${maximum}` };
}

/** Removes the conversations that were added first until one more fits. Returns false, and removes none, when marks alone reach the cap. */
function evict(groupId: number, user: UserState, { settings, now }: OperationContext): boolean {
  const { conversationCapScope: scope } = settings;
  const { maximum } = limits.groupedConversations;
  if (scope === "shared" && user.row.marked >= maximum) return false;
  const size = (): number =>
    ({ grouped: user.row.grouped, group: user.group(groupId)?.size ?? 0, shared: user.row.kept })[scope];
  const from = scope === "group" ? groupId : undefined;
  while (size() >= maximum) {
    // One with a mark would stay counted, so nothing would be gained.
    const earliest = scope === "shared" ? user.earliestUnmarked() : user.earliestGrouped(from);
    if (!earliest) return false;
    user.leave(earliest, from, Math.floor(now / 1000));
  }
  return true;
}
