/** Names that programs import for what the types say of each operation. A new operation has all of it without a name here. */
import type { BatchInit, OperationResult } from "./client.ts";
import { BatchError } from "./errors/batch-error.ts";
import type { IterateRequest, JoinedName, PageItem, PageIterator } from "./pages.ts";
import type { ItemFailure } from "./partial-failure.ts";

/** Response of a create: what the service sent, and the conversations that it did not add. */
export type CreateContactGroupResult = OperationResult<"createContactGroup">;

/** A conversation that a create did not add to its group, although the call succeeded. */
export type ConversationFailure = ItemFailure<"createContactGroup">;

/** A user's conversations, page by page as they are needed. */
export type ContactGroupIterator = PageIterator<"getContactGroup">;

/** Body of the first page's request. `StartIndex` is 0 unless given. */
export type IterateContactGroupRequest = IterateRequest<"getContactGroup">;

/** A conversation with the names of the conversation groups it is in: one for each of `ContactGroupId`. */
export type GroupedConversation = PageItem<"getContactGroup">;

/** A conversation group that a conversation is in. The name is undefined if no page so far has it. */
export type NamedGroup = JoinedName<"getContactGroup">;

/** What can be set for a search. Where it is sent in parts, `deadlineMs` is for each of them. */
export type SearchInit = BatchInit;

/** A search was sent in parts, and one of them failed: the `BatchError` of `searchContactGroup`. */
export type SearchError = BatchError<"searchContactGroup">;
export const SearchError: typeof BatchError<"searchContactGroup"> = BatchError;
