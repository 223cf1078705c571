import type { RequestConversation } from "@contact-groups/client";
import type { ConversationKey } from "../store/store.ts";

/** The key of a conversation as a request names it. */
export function toKey(conversation: RequestConversation): ConversationKey {
  return conversation.Type === 1 ? { type: 1, id: conversation.To_Account } : { type: 2, id: conversation.ToGroupId };
}
