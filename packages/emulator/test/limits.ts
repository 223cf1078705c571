/** The limits of the description's fields that tests go up to and beyond. */
import { requestBodies } from "@contact-groups/openapi/model";

const { From_Account, GroupContactItem } = requestBodies.createContactGroup.fields;
const { UpdateGroup } = requestBodies.updateContactGroup.fields;
const { GroupName, ContactItem } = GroupContactItem.items.fields;

/** Characters of a UserID. */
export const userIdLength: number = From_Account.maxLength;

/** Bytes of a group's name: by most documents, and by another. */
export const groupNameBytes: { readonly documented: number; readonly disputed: number } = {
  documented: GroupName.maxBytes,
  disputed: GroupName.maxBytesDisputed,
};

/** Conversations of a creation, of an update, of a marking, and of a search. */
export const creationLength: number = ContactItem.maxItems;
export const updateLength: number = UpdateGroup.alternatives[1].fields.ContactUpdateItem.maxItems;
export const markLength: number = requestBodies.markContact.fields.MarkItem.maxItems;
export const searchLength: number = requestBodies.searchContactGroup.fields.ContactItem.maxItems;

/** Bytes of a custom mark. */
export const customMarkBytes: number =
  requestBodies.markContact.fields.MarkItem.items.alternatives[1].fields.CustomMark.maxBytes;
