/** JSON texts of rows. They are made when a row is written, so that an answer is put together from them. */
import type { components } from "@contact-groups/client";
import type { ConversationKey, ConversationRow, GroupRow } from "../store/store.ts";

type Schemas = components["schemas"];

/** `{"Type":1,"To_Account":"user_0002"}`, as a request names a conversation. */
export function conversationItem({ type, id }: ConversationKey): Schemas["Conversation"] {
  return type === 1 ? { Type: 1, To_Account: id } : { Type: 2, ToGroupId: id };
}

/** A conversation as an item of get and search. */
export function conversationJson(row: Omit<ConversationRow, "json" | "position">): string {
  const item: Schemas["MarkedConversation"] = {
    ...conversationItem(row),
    StandardMark: row.standardMark,
    ...(row.customMark !== "" && { CustomMark: row.customMark }),
    ...(row.groups.length > 0 && { ContactGroupId: row.groups.map(({ groupId }) => groupId) }),
    Timestamp: row.timestamp,
  };
  return JSON.stringify(item);
}

/** A conversation group as an item of `GroupItem`. */
export function groupJson({ name, id }: Pick<GroupRow, "name" | "id">): string {
  const item: Schemas["GroupItem"] = { GroupName: name, GroupId: id };
  return JSON.stringify(item);
}
