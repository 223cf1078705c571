/** What the state is in a request and in a response. Rows keep the JSON texts of items, so that a response is put together from them. */
import type {
  Conversation,
  ConversationMarks,
  GroupItem,
  MarkedConversation,
  RequestConversation,
} from "@contact-groups/openapi/bodies";
import { type Json, toJson } from "../json.ts";
import type { ConversationKey, ConversationRow, GroupRow } from "../store/store.ts";

/** The key of a conversation as a request names it. */
export function toKey(conversation: RequestConversation): ConversationKey {
  return conversation.Type === 1 ? { type: 1, id: conversation.To_Account } : { type: 2, id: conversation.ToGroupId };
}

/** `{"Type":1,"To_Account":"user_0002"}`, as a request names a conversation. */
export function conversationItem({ type, id }: ConversationKey): Conversation {
  return type === 1 ? { Type: 1, To_Account: id } : { Type: 2, ToGroupId: id };
}

/** A conversation as an item of a response. */
export function conversationJson(row: Omit<ConversationRow, "json" | "position">): Json<MarkedConversation> {
  const { standardMark, customMark, groups, timestamp } = row;
  // Whoever adds a field to the description is told here that it is not sent.
  const marks: { [Name in keyof Required<ConversationMarks>]: ConversationMarks[Name] | undefined } = {
    StandardMark: standardMark,
    CustomMark: customMark === "" ? undefined : customMark,
    ContactGroupId: groups.length === 0 ? undefined : groups.map(({ groupId }) => groupId),
    Timestamp: timestamp,
  };
  // JSON has no undefined members.
  return toJson<MarkedConversation>({ ...conversationItem(row), ...(marks as ConversationMarks) });
}

/** A conversation group as an item of a response. */
export function groupItem({ name, id }: Pick<GroupRow, "name" | "id">): Required<GroupItem> {
  return { GroupName: name, GroupId: id };
}
