import { count } from "@contact-groups/core/check";
import type { MarkedConversation } from "@contact-groups/openapi/bodies";
import type { RequestBody } from "@contact-groups/openapi/model";
import { CallError } from "../failure.ts";
import { joinJson, type Json, noItems, WrittenList } from "../json.ts";
import type { OperationContext, OperationSuccess } from "../operation.ts";
import { chatGroupObstacle, checkUser } from "../state/checks.ts";
import { conversationJson, toKey } from "../state/user-state.ts";
import type { ConversationKey } from "../store/store.ts";

export const rules = {
  "search.found": {
    what: "Conversations are returned in the order of the request, each once, with all groups of the user",
    evidence: "search-en-2026, project",
  },
  "search.conversation-count": {
    what: "A call has at least one conversation, and at most as many as the schema allows",
    evidence: "search-en-2026, project",
    check: "body",
    at: "/ContactItem",
    keywords: ["minItems", "maxItems"],
  },
  "search.unknown-conversation": {
    what: "A conversation without groups and marks is omitted",
    evidence: "project",
    setting: "unknownConversations",
  },
  "search.chat-group": {
    what: "A chat group that does not exist, was disbanded or does not have the user as a member: the call fails",
    evidence: "search-en-2026",
    setting: "searchChatGroup",
    error: "ChatGroupUnavailable",
  },
} as const;

type SearchRule = keyof typeof rules;

/** Finds conversations with their groups and marks. */
export function run(
  { From_Account: userId, ContactItem: conversations }: RequestBody<"searchContactGroup">,
  context: OperationContext,
): OperationSuccess<"searchContactGroup", SearchRule> {
  checkUser(userId, context);
  const { store, settings, sdkAppId } = context;
  const key = { sdkAppId, userId };
  const requested = unique(conversations.map(toKey));
  if (settings.searchChatGroup === "call") checkChatGroups(requested, userId, context);

  const stored = store.conversationsJson(key, requested);
  const found = requested.map((it, index) => (canUse(it, userId, context) ? stored[index] : undefined));
  const items =
    settings.unknownConversations === "omit" ? found : found.map((json, index) => json ?? empty(requested[index]!));
  const sent = items.filter((json) => json !== undefined);
  const known = found.filter((json) => json !== undefined).length;
  const unknown = requested.length - known;
  return {
    members: {
      ContactResultItem: new WrittenList(joinJson(sent.length, (index) => sent[index]!)),
      GroupItem: new WrittenList(store.user(key)?.groupsJson ?? noItems),
    },
    rule: unknown > 0 ? "search.unknown-conversation" : "search.found",
    why: `The search found ${count(known, "conversation")}, and ${unknown} without groups and marks`,
  };
}

function checkChatGroups(requested: readonly ConversationKey[], userId: string, context: OperationContext): void {
  for (const { type, id } of requested) {
    const obstacle = type === 2 ? chatGroupObstacle(id, userId, context) : undefined;
    if (obstacle === undefined) continue;
    const why = `ToGroupId: ${obstacle}`;
    throw new CallError<SearchRule>({ rule: "search.chat-group", error: "ChatGroupUnavailable", why });
  }
}

/** Whether the user can use the chat group of a conversation, if it has one. With the setting `call`, the call has failed otherwise. */
function canUse({ type, id }: ConversationKey, userId: string, context: OperationContext): boolean {
  if (type !== 2 || context.settings.searchChatGroup === "call") return true;
  return chatGroupObstacle(id, userId, context) === undefined;
}

function unique(keys: readonly ConversationKey[]): readonly ConversationKey[] {
  if (keys.length === 1) return keys;
  return [...new Map(keys.map((key) => [`${key.type}${key.id}`, key])).values()];
}

function empty(key: ConversationKey): Json<MarkedConversation> {
  return conversationJson({ ...key, groups: [], standardMark: "", customMark: "", timestamp: 0 });
}
