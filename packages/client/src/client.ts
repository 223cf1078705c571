import type {
  CreateContactGroupOk,
  CreateContactGroupRequest,
  GetContactGroupOk,
  GetContactGroupRequest,
  SearchContactGroupOk,
  SearchContactGroupRequest,
} from "@contact-groups/openapi/bodies";
import type { ContactGroupIterator, IterateContactGroupRequest } from "./pages.ts";
import type { ConversationFailure } from "./partial-failure.ts";
import type { SafeClient } from "./safe.ts";

/** Whatever `new Headers()` takes. Not every runtime's types have a name for it. */
export type CallHeaders = NonNullable<ConstructorParameters<typeof Headers>[0]>;

/** What can be set for a single call. */
export interface CallInit {
  /** Headers to send beside `Content-Type`. */
  readonly headers?: CallHeaders | undefined;
  /** Ends the call, also while it waits; it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Time for each attempt, in milliseconds; the client's unless given. */
  readonly timeoutMs?: number | undefined;
  /** Time for the whole call from its first attempt on, in milliseconds; the client's unless given. */
  readonly deadlineMs?: number | undefined;
  /** `false`: this call is not repeated. */
  readonly retry?: false | undefined;
  /** Whether a create may be repeated although it may have run; the client's unless given. */
  readonly retryCreate?: boolean | undefined;
}

/** What can be set for a search. Where it is sent in parts, `deadlineMs` is for each of them. */
export interface SearchInit extends CallInit {
  /** Calls at a time where the list is longer than one call can take; 4 unless given. */
  readonly concurrency?: number | undefined;
}

/** What can be set for an iteration. `deadlineMs` is for each page. */
export interface IterateInit extends CallInit {
  /** `NextStartIndex` of an earlier page, to go on from there; 0 unless given. */
  readonly startIndex?: number | undefined;
}

/** Answer of a create: what the service sent, and the conversations that it did not add. */
export type CreateContactGroupResult = CreateContactGroupOk & { readonly failures: readonly ConversationFailure[] };

/**
 * The service's operations. Each method resolves to the body of a successful answer and rejects with a `ContactGroupsError`:
 * `ApiError` or a subclass, `HttpError`, `NetworkError`, `TimeoutError`, `ProtocolError`, `UserSigError` or `InvalidArgumentError`.
 */
export interface Client {
  /**
   * Creates one conversation group and puts conversations into it. A conversation can fail while the call succeeds: `failures`
   * lists those. With the option `throwOnPartialFailure` they are raised as a `PartialFailureError`.
   *
   * @example
   * ```ts
   * const { failures } = await client.createContactGroup({
   *   From_Account: "user15",
   *   GroupContactItem: [{ GroupName: "family", ContactItem: [{ Type: 1, To_Account: "user0" }] }],
   * });
   * ```
   * @see https://www.tencentcloud.com/document/product/1047/53437 Creating Conversation Group Data, 2026-04-14
   */
  createContactGroup(body: CreateContactGroupRequest, init?: CallInit): Promise<CreateContactGroupResult>;

  /**
   * Pulls one page of a user's grouped and marked conversations. `CompleteFlag` 0 means that there are more, from
   * `NextStartIndex` on. `iterateContactGroup` goes through all of them.
   *
   * @example
   * ```ts
   * const page = await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
   * ```
   * @see https://www.tencentcloud.com/document/product/1047/53440 Pulling Conversation Group Mark Data, 2026-04-14
   */
  getContactGroup(body: GetContactGroupRequest, init?: CallInit): Promise<GetContactGroupOk>;

  /**
   * Goes through a user's grouped and marked conversations, page by page as they are needed. Each has the names of its groups.
   *
   * @example
   * ```ts
   * for await (const conversation of client.iterateContactGroup({ From_Account: "user15" })) console.log(conversation);
   * const first = await client.iterateContactGroup({ From_Account: "user15" }).toArray({ limit: 500 });
   * ```
   * @see https://www.tencentcloud.com/document/product/1047/53440 Pulling Conversation Group Mark Data, 2026-04-14
   */
  iterateContactGroup(body: IterateContactGroupRequest, init?: IterateInit): ContactGroupIterator;

  /**
   * Looks up the conversation groups and marks of chosen conversations, any number of them. A long list is sent in parts; if one
   * fails, a `SearchError` has what the others found.
   *
   * @example
   * ```ts
   * const { ContactResultItem } = await client.searchContactGroup({
   *   From_Account: "user15",
   *   ContactItem: [{ Type: 2, ToGroupId: "@TGS#1B2AUI7RZ" }],
   * });
   * ```
   * @see https://www.tencentcloud.com/document/product/1047/53442 Searching for Conversation Group Marks, 2026-04-14
   */
  searchContactGroup(body: SearchContactGroupRequest, init?: SearchInit): Promise<SearchContactGroupOk>;

  /** The operations in the style that does not throw: `{ ok: true, data }` or `{ ok: false, error }`. */
  readonly safe: SafeClient;
}
