import type { OperationContext } from "../core/operation.ts";

/** Why a user cannot use a chat group; undefined when nothing is wrong. */
export function chatGroupFault(groupId: string, userId: string, context: OperationContext): string | undefined {
  const { store, settings, sdkAppId } = context;
  switch (store.standing(sdkAppId, groupId, userId)) {
    case "member":
      return undefined;
    case "outsider":
      return `the user ${JSON.stringify(userId)} is not a member of the chat group ${JSON.stringify(groupId)}`;
    case "disbanded":
      return `the chat group ${JSON.stringify(groupId)} was disbanded`;
    case "missing":
      if (settings.chatGroups === "lenient") return undefined;
      return `the chat group ${JSON.stringify(groupId)} does not exist in the app ${sdkAppId}`;
  }
}
