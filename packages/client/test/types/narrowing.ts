/** Checked by `tsc` alone: each line under a `@ts-expect-error` must be a type error. */
import type {
  Conversation,
  CreateContactGroupResponse,
  Failure,
  GetContactGroupResponse,
  GroupConversation,
  GroupItem,
  MarkedConversation,
  OneToOneConversation,
  SearchContactGroupResponse,
} from "@contact-groups/openapi/bodies";
import { isSuccess } from "../../src/index.ts";

export function byErrorCode(
  create: CreateContactGroupResponse,
  get: GetContactGroupResponse,
  search: SearchContactGroupResponse,
): unknown[] {
  // @ts-expect-error - before narrowing there may be no result
  void create.GroupResultItem;
  if (!isSuccess(create)) return [create satisfies Failure, create.ErrorInfo?.length];
  if (!isSuccess(get)) {
    // @ts-expect-error - a failure has no conversations
    void get.ContactItem;
    return [get satisfies Failure];
  }
  // @ts-expect-error - the code of a failure is a number for the compiler, which can be 0
  if (search.ErrorCode !== 0) return [search satisfies Failure];
  // @ts-expect-error - for the same reason
  void search.ContactResultItem;
  if (!isSuccess(search)) return [];
  // @ts-expect-error - the older tables' name for ContactResultItem
  void search.ContactItem;
  // @ts-expect-error - a response can lack it
  void create.ErrorInfo.length;
  return [
    create.GroupResultItem,
    create.ErrorCode satisfies 0,
    get.ContactItem,
    get.CompleteFlag,
    search.ContactResultItem,
  ];
}

export function byActionStatus(create: CreateContactGroupResponse): unknown {
  return create.ActionStatus === "OK" ? create.GroupResultItem : create.ErrorInfo;
}

export function ids({ GroupId }: GroupItem): string {
  // @ts-expect-error - beyond 2^53 - 1 it is a text
  void (GroupId satisfies number);
  return String(GroupId satisfies number | string);
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
