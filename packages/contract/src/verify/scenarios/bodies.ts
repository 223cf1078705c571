/** Bodies of the requests of scenarios, in short forms. */
import type {
  ContactUpdateItem,
  Conversation,
  ConversationGroupId,
  GroupContactItem,
  GroupItem,
  MarkItem,
} from "@contact-groups/openapi/bodies";
import { type RequestBody, requestBodies } from "@contact-groups/openapi/model";
import { type Expected, not } from "../matching.ts";
import type { Context } from "../scenario.ts";

/** The conversation with a user. */
export function to(user: string): Conversation {
  return { Type: 1, To_Account: user };
}

/** The conversation in a chat group. */
export function chat(group: string): Conversation {
  return { Type: 2, ToGroupId: group };
}

/** Creates a group. Without conversations, the body has no list of them. */
export function newGroup(
  From_Account: string,
  GroupName: string,
  conversations?: Conversation[],
): RequestBody<"createContactGroup"> {
  const group: GroupContactItem = { GroupName, ...(conversations && { ContactItem: conversations }) };
  return { From_Account, GroupContactItem: [group] };
}

/** Creates a group, and returns its ID. */
export async function createGroup(
  t: Context<"createContactGroup">,
  owner: string,
  name: string,
  conversations?: Conversation[],
  expected: Expected<GroupItem> = { GroupId: not(undefined) },
): Promise<ConversationGroupId> {
  const { GroupResultItem } = await t.call("createContactGroup", newGroup(owner, name, conversations), {
    GroupResultItem: [{ GroupItem: expected }],
  });
  return GroupResultItem[0]?.GroupItem?.GroupId ?? "";
}

/** Reads the first page, or another one. */
export function page(From_Account: string, StartIndex = 0): RequestBody<"getContactGroup"> {
  return { From_Account, StartIndex };
}

export function search(From_Account: string, ContactItem: Conversation[]): RequestBody<"searchContactGroup"> {
  return { From_Account, ContactItem };
}

export function rename(
  From_Account: string,
  OldGroupName: string,
  NewGroupName: string,
): RequestBody<"updateContactGroup"> {
  return { From_Account, UpdateType: 1, UpdateGroup: { UpdateGroupType: 1, OldGroupName, NewGroupName } };
}

/** Adds conversations to a group and removes others. */
export function change(
  From_Account: string,
  OldGroupName: string,
  ContactUpdateItem: ContactUpdateItem[],
): RequestBody<"updateContactGroup"> {
  return { From_Account, UpdateType: 1, UpdateGroup: { UpdateGroupType: 2, OldGroupName, ContactUpdateItem } };
}

/** Adds the conversation with a user, or in a chat group. */
export function add(conversation: Conversation): ContactUpdateItem {
  return { ContactOptType: 1, ContactItem: conversation };
}

export function remove(conversation: Conversation): ContactUpdateItem {
  return { ContactOptType: 2, ContactItem: conversation };
}

/** Deletes a group. */
export function deletion(From_Account: string, name: string): RequestBody<"delContactGroup"> {
  return { From_Account, GroupName: [name] };
}

export function marks(From_Account: string, ...MarkItem: MarkItem[]): RequestBody<"markContact"> {
  return { From_Account, MarkItem };
}

/** Sets standard marks of the conversation with a user. */
export function star(user: string, ...bits: number[]): MarkItem {
  return { OptType: 1, ContactItem: to(user), SetMark: bits };
}

/** Sets or clears the custom mark of the conversation with a user. */
export function note(user: string, text: string): MarkItem {
  return { OptType: 2, ContactItem: to(user), CustomMark: text };
}

/** Sets standard marks and the custom mark of the conversation with a user. */
export function both(user: string, bits: number[], text: string): MarkItem {
  return { OptType: 3, ContactItem: to(user), SetMark: bits, CustomMark: text };
}

/** A text of this many bytes of UTF-8: the character as often as it fits, and letters. */
export function textOf(bytes: number, character = "家"): string {
  const whole = character.repeat(Math.floor(bytes / Buffer.byteLength(character)));
  return whole + "x".repeat(bytes - Buffer.byteLength(whole));
}

const { createContactGroup, updateContactGroup, searchContactGroup, markContact } = requestBodies;
const { fields: group } = createContactGroup.fields.GroupContactItem.items;
const [standardMark, customMark] = markContact.fields.MarkItem.items.alternatives;

const [ofUser, ofChatGroup] = searchContactGroup.fields.ContactItem.items.alternatives;

type Limit =
  | "bytesOfUserId"
  | "bytesOfChatGroupId"
  | "bytesOfName"
  | "bytesOfNameDisputed"
  | "bytesOfCustomMark"
  | "markBit"
  | "created"
  | "changed"
  | "searched"
  | "marked";

/** Limits of fields in requests. */
export const most: Readonly<Record<Limit, number>> = {
  bytesOfUserId: ofUser.fields.To_Account.maxBytes,
  bytesOfChatGroupId: ofChatGroup.fields.ToGroupId.maxBytes,
  bytesOfName: group.GroupName.maxBytes,
  /** A larger limit that a document gives. */
  bytesOfNameDisputed: group.GroupName.maxBytesDisputed,
  bytesOfCustomMark: customMark.fields.CustomMark.maxBytes,
  markBit: standardMark.fields.SetMark.items.maximum,
  created: group.ContactItem.maxItems,
  changed: updateContactGroup.fields.UpdateGroup.alternatives[1].fields.ContactUpdateItem.maxItems,
  searched: searchContactGroup.fields.ContactItem.maxItems,
  marked: markContact.fields.MarkItem.maxItems,
};
