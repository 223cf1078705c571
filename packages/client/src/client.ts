import type {
  CreateContactGroupOk,
  CreateContactGroupRequest,
  GetContactGroupOk,
  GetContactGroupRequest,
  SearchContactGroupOk,
  SearchContactGroupRequest,
} from "./bodies.ts";

/** Whatever `new Headers()` takes. Not every runtime's types have a name for it. */
export type CallHeaders = NonNullable<ConstructorParameters<typeof Headers>[0]>;

/** What can be set for a single call. */
export interface CallInit {
  /** Headers to send beside `Content-Type`. */
  readonly headers?: CallHeaders | undefined;
  /** Ends the call; the call then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The service's operations. Each method resolves to the body of a successful answer and rejects with a `ContactGroupsError`:
 * `ApiError`, `HttpError`, `NetworkError`, `ProtocolError` or `InvalidArgumentError`.
 */
export interface Client {
  /**
   * Creates one conversation group and puts conversations into it. A conversation can fail while the call succeeds: read each
   * `ResultCode`.
   *
   * @example
   * ```ts
   * const { GroupResultItem } = await client.createContactGroup({
   *   From_Account: "user15",
   *   GroupContactItem: [{ GroupName: "family", ContactItem: [{ Type: 1, To_Account: "user0" }] }],
   * });
   * ```
   * @see https://www.tencentcloud.com/document/product/1047/53437 Creating Conversation Group Data, 2026-04-14
   */
  createContactGroup(body: CreateContactGroupRequest, init?: CallInit): Promise<CreateContactGroupOk>;

  /**
   * Pulls one page of a user's grouped and marked conversations. `CompleteFlag` 0 means that there are more, from
   * `NextStartIndex` on.
   *
   * @example
   * ```ts
   * const page = await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
   * ```
   * @see https://www.tencentcloud.com/document/product/1047/53440 Pulling Conversation Group Mark Data, 2026-04-14
   */
  getContactGroup(body: GetContactGroupRequest, init?: CallInit): Promise<GetContactGroupOk>;

  /**
   * Looks up the conversation groups and marks of chosen conversations.
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
  searchContactGroup(body: SearchContactGroupRequest, init?: CallInit): Promise<SearchContactGroupOk>;
}
