/** Checked by `tsc` alone: each line under a `@ts-expect-error` must be a type error. */
import type {
  Conversation,
  CreateContactGroupResponse,
  Failure,
  GetContactGroupResponse,
  GroupConversation,
  MarkedConversation,
  OneToOneConversation,
  SearchContactGroupResponse,
} from "@contact-groups/openapi/bodies";

export function byActionStatus(
  create: CreateContactGroupResponse,
  get: GetContactGroupResponse,
  search: SearchContactGroupResponse,
): unknown[] {
  // @ts-expect-error - before narrowing there may be no result
  void create.GroupResultItem;
  if (create.ActionStatus !== "OK") return [create satisfies Failure];
  if (get.ActionStatus === "FAIL") {
    // @ts-expect-error - a failure has no conversations
    void get.ContactItem;
    return [get satisfies Failure];
  }
  if (search.ActionStatus === "FAIL") return [search satisfies Failure, search.ErrorDisplay];
  // @ts-expect-error - the older tables' name for ContactResultItem
  void search.ContactItem;
  return [
    create.GroupResultItem,
    create.ErrorCode satisfies 0,
    get.ContactItem,
    get.CompleteFlag,
    search.ContactResultItem,
  ];
}

export function byType(conversation: Conversation): string {
  // @ts-expect-error - only a one-to-one conversation has it
  void conversation.To_Account;
  if (conversation.Type === 1) {
    // @ts-expect-error - only a group conversation has it
    void conversation.ToGroupId;
    return (conversation satisfies OneToOneConversation).To_Account;
  }
  // @ts-expect-error - only a one-to-one conversation has it
  void conversation.To_Account;
  return (conversation satisfies GroupConversation).ToGroupId;
}

export function markedByType(conversation: MarkedConversation): string {
  // @ts-expect-error - there is no third type
  if (conversation.Type === 3) return "";
  // @ts-expect-error - absent when the conversation is in no group
  void conversation.ContactGroupId.length;
  return conversation.Type === 1 ? conversation.To_Account : conversation.ToGroupId + conversation.StandardMark;
}
