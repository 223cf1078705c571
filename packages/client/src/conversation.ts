import type { GroupConversation, OneToOneConversation } from "@contact-groups/openapi/bodies";

/**
 * Creates the name of the conversation with one other user ("C2C").
 *
 * @param userId UserID of the other user.
 * @example
 * ```ts
 * await client.searchContactGroup({ From_Account: "user15", ContactItem: [c2c("user0"), g2c("@TGS#1B2AUI7RZ")] });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53442 Searching for Conversation Group Marks, 2026-04-14
 */
export function c2c(userId: string): OneToOneConversation {
  return { Type: 1, To_Account: userId };
}

/**
 * Creates the name of the conversation in a chat group ("G2C").
 *
 * @param groupId GroupID of the chat group.
 * @example
 * ```ts
 * await client.searchContactGroup({ From_Account: "user15", ContactItem: [g2c("@TGS#1B2AUI7RZ")] });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/53442 Searching for Conversation Group Marks, 2026-04-14
 */
export function g2c(groupId: string): GroupConversation {
  return { Type: 2, ToGroupId: groupId };
}
