import type { OperationContext } from "../core/operation.ts";
import { RefusedError, type Refusal } from "../refusal.ts";
import type { ConversationKey } from "../store/store.ts";
import { chatGroupFault } from "./chat-group.ts";
import { isImported } from "./user.ts";

/** Says why a conversation's other side keeps it out of a group, or ends the call when the settings want that. */
export function checkPeer(key: ConversationKey, userId: string, context: OperationContext): Refusal | undefined {
  const refusal = key.type === 1 ? checkAccount(key.id, context) : checkChatGroup(key.id, userId, context);
  if (refusal && context.settings.unknownPeer === "call") throw new RefusedError(refusal);
  return refusal;
}

function checkAccount(userId: string, context: OperationContext): Refusal | undefined {
  if (isImported(userId, context)) return undefined;
  const why = `To_Account ${JSON.stringify(userId)} was not imported into the app ${context.sdkAppId}`;
  return { rule: "create.peer-imported", error: "UserNotImported", why };
}

function checkChatGroup(groupId: string, userId: string, context: OperationContext): Refusal | undefined {
  const fault = chatGroupFault(groupId, userId, context);
  return fault === undefined
    ? undefined
    : { rule: "create.chat-group", error: "ChatGroupUnavailable", why: `ToGroupId: ${fault}` };
}
