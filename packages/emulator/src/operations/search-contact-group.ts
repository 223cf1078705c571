import type { SearchContactGroupRequest } from "@contact-groups/client";
import { conversationJson } from "../core/fragments.ts";
import { count } from "../gate/wording.ts";
import { RefusedError } from "../refusal.ts";
import type { ConversationKey } from "../store/store.ts";
import { chatGroupFault } from "./check-chat-group.ts";
import { checkUser } from "./check-user.ts";
import { toKey } from "./conversation-key.ts";
import type { OperationContext, Outcome } from "./operation.ts";

/** Looks conversations up, with their groups and marks. */
export function searchContactGroup(body: SearchContactGroupRequest, context: OperationContext): Outcome {
  const { From_Account: userId, ContactItem: conversations } = body;
  checkUser(userId, context);
  const { store, settings, sdkAppId } = context;
  const key = { sdkAppId, userId };
  const asked = unique(conversations.map(toKey));
  if (settings.searchChatGroup === "call") checkChatGroups(asked, userId, context);

  const stored = store.fragments(key, asked);
  const found = asked.map((it, index) => (canUse(it, userId, context) ? stored[index] : undefined));
  const items =
    settings.unknownConversations === "omit" ? found : found.map((json, index) => json ?? empty(asked[index]));
  const known = found.filter((json) => json !== undefined).length;
  const unknown = asked.length - known;
  return {
    members: `"ContactResultItem":[${items.filter((json) => json !== undefined).join(",")}],"GroupItem":[${store.user(key)?.groupsJson ?? ""}]`,
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

function empty(key: ConversationKey | undefined): string | undefined {
  return key && conversationJson({ ...key, groups: [], standardMark: "", customMark: "", timestamp: 0 });
}
