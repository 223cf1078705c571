import { count } from "@contact-groups/core/check";
import type { MarkedConversation } from "@contact-groups/openapi/bodies";
import type { RequestBody } from "@contact-groups/openapi/model";
import type { OperationContext, Outcome } from "../core/operation.ts";
import { type Json, joinJson, noItems, WrittenList } from "../json.ts";
import { RefusedError } from "../refusal.ts";
import { chatGroupFault } from "../state/chat-group.ts";
import { conversationJson, toKey } from "../state/items.ts";
import { checkUser } from "../state/user.ts";
import type { ConversationKey } from "../store/store.ts";

export const rules = {
  "search.found": {
    what: "Conversations come in the order of the request, each once, with all groups of the user",
    evidence: "search-en-2026, project",
  },
  "search.conversation-count": {
    what: "A call has as many conversations as the schema allows, and one at least",
    evidence: "search-en-2026, project",
    check: "body",
    at: "/ContactItem",
    keywords: ["minItems", "maxItems"],
  },
  "search.unknown-conversation": {
    what: "A conversation without groups and marks is left out",
    evidence: "project",
    setting: "unknownConversations",
  },
  "search.chat-group": {
    what: "A chat group that is missing, disbanded or without the user fails the call",
    evidence: "search-en-2026",
    setting: "searchChatGroup",
    error: "ChatGroupUnavailable",
  },
} as const;

/** Looks conversations up, with their groups and marks. */
export function run(
  { From_Account: userId, ContactItem: conversations }: RequestBody<"searchContactGroup">,
  context: OperationContext,
): Outcome<"searchContactGroup"> {
  checkUser(userId, context);
  const { store, settings, sdkAppId } = context;
  const key = { sdkAppId, userId };
  const asked = unique(conversations.map(toKey));
  if (settings.searchChatGroup === "call") checkChatGroups(asked, userId, context);

  const stored = store.fragments(key, asked);
  const found = asked.map((it, index) => (canUse(it, userId, context) ? stored[index] : undefined));
  const items =
    settings.unknownConversations === "omit" ? found : found.map((json, index) => json ?? empty(asked[index]!));
  const sent = items.filter((json) => json !== undefined);
  const known = found.filter((json) => json !== undefined).length;
  const unknown = asked.length - known;
  return {
    members: {
      ContactResultItem: new WrittenList(joinJson(sent.length, (index) => sent[index]!)),
      GroupItem: new WrittenList(store.user(key)?.groupsJson ?? noItems),
    },
    rule: unknown > 0 ? "search.unknown-conversation" : "search.found",
    why: `${count(known, "conversation")} found, ${unknown} without groups and marks`,
  };
}

function checkChatGroups(asked: readonly ConversationKey[], userId: string, context: OperationContext): void {
  for (const { type, id } of asked) {
    const fault = type === 2 ? chatGroupFault(id, userId, context) : undefined;
    if (fault === undefined) continue;
    throw new RefusedError({ rule: "search.chat-group", error: "ChatGroupUnavailable", why: `ToGroupId: ${fault}` });
  }
}

/** Whether a conversation is not one of a chat group that the user cannot use. The setting `call` has refused those before. */
function canUse({ type, id }: ConversationKey, userId: string, context: OperationContext): boolean {
  if (type !== 2 || context.settings.searchChatGroup === "call") return true;
  return chatGroupFault(id, userId, context) === undefined;
}

function unique(keys: readonly ConversationKey[]): readonly ConversationKey[] {
  if (keys.length === 1) return keys;
  return [...new Map(keys.map((key) => [`${key.type}${key.id}`, key])).values()];
}

function empty(key: ConversationKey): Json<MarkedConversation> {
  return conversationJson({ ...key, groups: [], standardMark: "", customMark: "", timestamp: 0 });
}
