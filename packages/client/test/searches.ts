import type { Conversation, MarkedConversation, SearchContactGroupRequest } from "@contact-groups/openapi/bodies";
import { c2c } from "../src/conversation.ts";
import { conversations } from "./service.ts";

/** What the service of a test knows: "user0" to "user999", all in the group "family". */
export const known: MarkedConversation[] = conversations(1000, [1]);
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

/** The conversations that a call asks for. */
export function asked(body: object): readonly unknown[] {
  return "ContactItem" in body && Array.isArray(body.ContactItem) ? body.ContactItem : [];
}
