import type { OkBody, OperationId } from "@contact-groups/openapi/model";
import type { BatchOperation, PagedOperation, ReadOperation } from "./declared.ts";
import type { Progress } from "./progress.ts";
import type { Lane, Rate } from "./rate-limiter.ts";

/** Anything that `new Headers()` accepts; a header that is `undefined` is not sent. Not every runtime's types have a name for it. */
export type CallHeaders =
  | NonNullable<ConstructorParameters<typeof Headers>[0]>
  | Readonly<Record<string, string | undefined>>;

/** Options of a single call. */
export interface CallInit {
  /** Headers in addition to `Content-Type`. */
  readonly headers?: CallHeaders | undefined;
  /** Ends the call, also while it waits; it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Time for each attempt, in milliseconds.
   *
   * @default the client's `timeoutMs`
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Time for the whole call from its first attempt on, in milliseconds. In the lane "bulk", the time that a `Retry-After` asks for is added.
   *
   * @default the client's `deadlineMs`
   */
  readonly deadlineMs?: number | undefined;
  /**
   * Queue for the rate limit. A call of a bulk job is `"bulk"`, so that calls that somebody waits for are not behind it.
   *
   * @default "interactive", and "bulk" for the calls of a long list or an iteration
   */
  readonly lane?: Lane | undefined;
  /**
   * Maximum time in the queue for the rate limit, in milliseconds, for each attempt; `Infinity` for any. `deadlineMs` does not include the wait
   * of the first attempt.
   *
   * @default the client's `maxQueueMs`
   */
  readonly maxQueueMs?: number | undefined;
  /**
   * `false`: this call is not retried.
   *
   * @default the client's `retry`
   */
  readonly retry?: false | undefined;
  /**
   * Whether a call of an operation that is not idempotent is retried although it may have run.
   *
   * @default the client's `retry.retryUnsafe`
   */
  readonly retryUnsafe?: boolean | undefined;
}

/** Options of `client.call`. */
export interface EndpointInit extends CallInit {
  /**
   * Rate of the endpoint, where its document names another one than most.
   *
   * @default the client's `rateLimit`, otherwise the lowest rate of the operations
   */
  readonly rate?: Rate | undefined;
}

/** Options of a call with a long list. Where the list is sent in parts, `deadlineMs` is for each of them. */
export interface BatchInit<Operation extends BatchOperation = BatchOperation> extends CallInit {
  /**
   * Number of calls at a time where the list is longer than one call can take. Changes are made one after the other.
   *
   * @default 4 for an operation that reads, otherwise 1
   */
  readonly concurrency?: (Operation extends ReadOperation ? number : 1) | undefined;
  /**
   * Called after each part that has a result, also where the list has one part. A promise is awaited. What it throws stops the job: no more parts are
   * sent, and the call rejects with it, so that nothing goes on that was not kept.
   */
  readonly onProgress?: ((progress: Progress<Operation>) => unknown) | undefined;
  /**
   * The `resume` of a `Progress` or a `BatchError` of a call with the same body: items that had a result are not sent again, and are not in the result.
   */
  readonly resume?: string | undefined;
}

/** Options of an iteration. `deadlineMs` is for each page. */
export interface IterateInit<Operation extends PagedOperation = PagedOperation> extends CallInit {
  /** Called after each page, once all of its items were used. A promise is awaited. The iteration rejects with what it throws. */
  readonly onProgress?: ((progress: Progress<Operation>) => unknown) | undefined;
  /** The `resume` of a `Progress` or of the iterator of a call with the same body: the iteration starts after the pages that were used. */
  readonly resume?: string | undefined;
}

/** Sends one call of an operation. Resolves to the body of a successful response, rejects with a `ContactGroupsError`. */
export type Send = <Operation extends OperationId>(
  operation: Operation,
  body: object,
  init?: CallInit,
) => Promise<OkBody<Operation> & { readonly [field: string]: unknown }>;
