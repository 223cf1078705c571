import type { Conversation, MarkedConversation, SearchContactGroupRequest } from "@contact-groups/openapi/bodies";
import { requestBodies } from "@contact-groups/openapi/model";
import { sendParts } from "../src/batch.ts";
import type { BatchInit, Send } from "../src/call-init.ts";
import { c2c } from "../src/conversation.ts";
import type { OperationResult } from "../src/declared.ts";
import { conversations } from "./service.ts";

/** Conversations that one call can name. */
export const most: number = requestBodies.searchContactGroup.fields.ContactItem.maxItems;

/** What the service of a test knows: "user0", "user1" … for three parts and a third of one, all in the group "family". */
export const known: MarkedConversation[] = conversations(Math.floor((10 * most) / 3), [1]);
export const names: ReadonlyMap<number, string> = new Map([
  [1, "family"],
  [2, "work"],
  [3, "club"],
]);

/** "user0", "user1" … */
export function users(count: number): Conversation[] {
  return Array.from({ length: count }, (_, index) => c2c(`user${index}`));
}

/** Body of a search. */
export function request(ContactItem: Conversation[]): SearchContactGroupRequest {
  return { From_Account: "user15", ContactItem };
}

/** Returns the conversations that a call requests. */
export function requestedBy(body: object): readonly unknown[] {
  return "ContactItem" in body && Array.isArray(body.ContactItem) ? body.ContactItem : [];
}

/** Searches for a list of any length. */
export async function searchAll(
  send: Send,
  body: object,
  init?: BatchInit,
  check?: (body: object) => void,
): Promise<OperationResult<"searchContactGroup">> {
  const { result } = await sendParts(send, "searchContactGroup", body, init, check);
  return result as object as OperationResult<"searchContactGroup">;
}
