import type { MarkedConversation } from "@contact-groups/openapi/bodies";
import type { Json } from "../../json.ts";
import type { ConversationRow, ConversationType } from "../store.ts";

type Data = [
  position: number,
  type: ConversationType,
  id: string,
  memberships: readonly (readonly [groupId: number, order: number])[],
  standardMark: string,
  customMark: string,
  timestamp: number,
];

/** A conversation as it is stored, without its JSON text. */
export function toConversationData({ position, type, id, groups, ...row }: ConversationRow): string {
  const memberships = groups.map(({ groupId, order }) => [groupId, order] as const);
  const data: Data = [position, type, id, memberships, row.standardMark, row.customMark, row.timestamp];
  return JSON.stringify(data);
}

/** A conversation from what is stored. */
export function toConversationRow(text: string, json: Json<MarkedConversation>): ConversationRow {
  const [position, type, id, memberships, standardMark, customMark, timestamp] = JSON.parse(text) as Data;
  const groups = memberships.map(([groupId, order]) => ({ groupId, order }));
  return { type, id, groups, standardMark, customMark, timestamp, position, json };
}
