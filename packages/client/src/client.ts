import type { IteratorMap, OkBody, OperationId, OperationMap, RequestBody } from "@contact-groups/openapi/model";
import type { BatchOperation, ItemOperation } from "./declared.ts";
import type { IterateRequest, PageIterator } from "./pages.ts";
import type { ItemResponse } from "./partial-failure.ts";
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
  /** Whether a call that changes something may be repeated although it may have run; the client's unless given. */
  readonly retryUnsafe?: boolean | undefined;
}

/** What can be set for a call with a long list. Where it is sent in parts, `deadlineMs` is for each of them. */
export interface BatchInit extends CallInit {
  /** Calls at a time where the list is longer than one call can take; 4 unless given. */
  readonly concurrency?: number | undefined;
}

/** What can be set for an iteration. `deadlineMs` is for each page. */
export interface IterateInit extends CallInit {
  /** Where an earlier page says that the next one begins, to go on from there; 0 unless given. */
  readonly startIndex?: number | undefined;
}

/** What can be set for a call of an operation. */
export type OperationInit<Operation extends OperationId> = Operation extends BatchOperation ? BatchInit : CallInit;

/** What a call of an operation resolves to. */
export type OperationResult<Operation extends OperationId> = Operation extends ItemOperation
  ? ItemResponse<Operation>
  : OkBody<Operation>;

/** A method for each operation. */
export type OperationMethods = {
  readonly [Operation in keyof OperationMap]: (
    body: RequestBody<Operation>,
    init?: OperationInit<Operation>,
  ) => Promise<OperationResult<Operation>>;
};

/** A method for each operation whose responses are pages, which goes through the items of all of them. */
export type IteratorMethods = {
  readonly [Name in keyof IteratorMap]: (
    body: IterateRequest<IteratorMap[Name]>,
    init?: IterateInit,
  ) => PageIterator<IteratorMap[Name]>;
};

/**
 * The service's operations. Each method resolves to the body of a successful response and rejects with a `ContactGroupsError`:
 * `ApiError` or a subclass, `HttpError`, `NetworkError`, `TimeoutError`, `ProtocolError`, `UserSigError` or `InvalidArgumentError`.
 *
 * Where single items of a request can fail while the call succeeds, the result has `failures`. Where a list can be sent in parts, it can have any length.
 */
export interface Client extends OperationMethods, IteratorMethods {
  /** The operations in the style that does not throw: `{ ok: true, data }` or `{ ok: false, error }`. */
  readonly safe: SafeClient;
}
