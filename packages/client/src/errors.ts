/** Every error class of this package. `toApiError` in `response.ts` creates the `ApiError` of a code. */
import { argumentMessage } from "@contact-groups/core/arguments";
import type { ErrorCategory, OperationId, RetryAdvice } from "@contact-groups/openapi/model";
import type {
  BatchItem,
  BatchOperation,
  IfAny,
  ItemFailure,
  ItemOperation,
  ItemResponse,
  OperationResult,
} from "./declared.ts";

/**
 * Base class of every error that this package throws, except the reason of an `AbortSignal` and the errors of a middleware. No error contains a
 * UserSig, a secret key or a URL with a query.
 *
 * @example
 * ```ts
 * import { ContactGroupsError } from "@contact-groups/client";
 *
 * try {
 *   await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
 * } catch (error) {
 *   if (error instanceof ContactGroupsError) console.error(error.message, error.retryable);
 *   else throw error;
 * }
 * ```
 */
export abstract class ContactGroupsError extends Error {
  /** Name of the class. */
  abstract override readonly name: string;
  /** `ErrorCode` of the service, where there is one. */
  readonly code: number | undefined;
  /** The operation that was called; undefined for a wrong option. */
  readonly operation: OperationId | undefined;
  /** How often the call was sent; 0 if it was rejected before. */
  readonly attempts: number;
  /** Whether the same call can succeed later. If it changes something and may have run, check that before you retry it. */
  readonly retryable: boolean;

  constructor(
    message: string,
    operation?: OperationId,
    attempts: number = 0,
    retryable: boolean = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.operation = operation;
    this.attempts = attempts;
    this.retryable = retryable;
  }
}

/** What is known of a failure in addition to its code. */
interface ApiErrorDetails {
  /** Name of the code in the error catalogue. */
  readonly entryName: string | undefined;
  readonly category: ErrorCategory | undefined;
  readonly retry: RetryAdvice | undefined;
  /** What to do, in a sentence or two. */
  readonly advice: string;
  readonly docsUrl: string | undefined;
  readonly requestId: string | undefined;
  /** Minimum time before a retry, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/**
 * The service responded that the call failed: `ErrorCode` is not 0, as a number or as text, whatever `ActionStatus` says. A code of the error
 * catalogue is thrown as the subclass of its category; any other as an `ApiError`.
 *
 * @example
 * ```ts
 * if (error instanceof ApiError && error.entryName === "TooManyConversationGroups") console.error(error.code, error.docsUrl);
 * ```
 * @see https://trtc.io/document/34348 Error Codes, 2025
 */
export class ApiError<Code extends number = number> extends ContactGroupsError {
  override readonly name: string = "ApiError";
  /** `ErrorCode` of the response, also where the catalogue does not know it. */
  declare readonly code: Code;
  declare readonly operation: OperationId;
  /** `ErrorInfo` of the response, for people. It may change: decide by the code. */
  readonly info: string;
  /** Name of the code in the error catalogue; undefined for a code that it does not list. */
  readonly entryName: string | undefined;
  /** Category of the cause; undefined for a code that the catalogue does not list. */
  readonly category: ErrorCategory | undefined;
  /** Whether a retry can succeed, and what must come first; undefined for a code that the catalogue does not list. */
  readonly retry: RetryAdvice | undefined;
  /** Page that explains the code: of the docs site in the option `docsUrl`, otherwise of the official documents. */
  readonly docsUrl: string | undefined;
  /** ID of the call, where the service sent one. Quote it to support. */
  readonly requestId: string | undefined;
  /** Minimum time before a retry, in milliseconds, where the catalogue knows one. */
  readonly retryAfterMs: number | undefined;

  constructor(operation: OperationId, attempts: number, code: Code, info: string, details: ApiErrorDetails) {
    const { entryName, category, retry, advice, docsUrl, requestId, retryAfterMs } = details;
    const failure = `${operation} failed with ${code} ${entryName ?? "(not in the error catalogue)"}`;
    super(
      failure + (info && `: ${info}`) + (advice && ` - ${advice}`) + (docsUrl ? ` See ${docsUrl}` : ""),
      operation,
      attempts,
      retry !== undefined && retry !== "never",
    );
    this.code = code;
    this.info = info;
    this.entryName = entryName;
    this.category = category;
    this.retry = retry;
    this.docsUrl = docsUrl;
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * The request is invalid and fails again unchanged.
 *
 * @example
 * ```ts
 * if (error instanceof RequestError) console.error(error.message);
 * ```
 */
export class RequestError<Code extends number = number> extends ApiError<Code> {
  override readonly name: string = "RequestError";
}

/**
 * The service does not accept the credentials: `sdkAppId`, `identifier` and UserSig do not fit together, or the UserSig has expired.
 *
 * @example
 * ```ts
 * if (error instanceof AuthError) console.error("check the secret key:", error.message);
 * ```
 */
export class AuthError<Code extends number = number> extends ApiError<Code> {
  override readonly name: string = "AuthError";
}

/**
 * The service received too many calls. The client has retried as often as `retry` allows.
 *
 * @example
 * ```ts
 * if (error instanceof ThrottleError) queue.pauseFor(error.retryAfterMs ?? 1000);
 * ```
 */
export class ThrottleError<Code extends number = number> extends ApiError<Code> {
  override readonly name: string = "ThrottleError";
}

/**
 * The service failed. A later call may succeed; a change may have run.
 *
 * @example
 * ```ts
 * if (error instanceof TransientError) console.error("failed", error.attempts, "times");
 * ```
 */
export class TransientError<Code extends number = number> extends ApiError<Code> {
  override readonly name: string = "TransientError";
}

/**
 * The app is not set up for the call: its edition, its status or its settings in the console.
 *
 * @example
 * ```ts
 * if (error instanceof ApplicationError) console.error("ask the app's owner:", error.message);
 * ```
 */
export class ApplicationError<Code extends number = number> extends ApiError<Code> {
  override readonly name: string = "ApplicationError";
}

/**
 * The HTTP status of the response is not 200, so it is not from the service, whose failures have status 200 as well. A proxy, a gateway or a
 * wrong host responded. Redirects are not followed.
 *
 * @example
 * ```ts
 * if (error instanceof HttpError && error.status === 502) console.error("try again later");
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export class HttpError extends ContactGroupsError {
  override readonly name = "HttpError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;
  /** HTTP status. 0 in a browser where the response was a redirect. */
  readonly status: number;

  constructor(operation: OperationId, attempts: number, status: number) {
    const message = `${operation} got a response with HTTP status ${status}; the service itself always responds with 200`;
    super(message, operation, attempts, status >= 500 || status === 429);
    this.status = status;
  }
}

/**
 * There was no complete response: the connection failed or was lost. The call may have run.
 *
 * `cause` is the error of `fetch`. Where that contained the URL or a credential, it is a copy without them.
 *
 * @example
 * ```ts
 * if (error instanceof NetworkError) console.error(error.message, error.cause);
 * ```
 */
export class NetworkError extends ContactGroupsError {
  override readonly name = "NetworkError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;

  /** @param cause Error of `fetch`, without credentials. */
  constructor(operation: OperationId, attempts: number, cause: unknown) {
    super(`${operation} got no complete response: ${innermostMessage(cause)}`, operation, attempts, true, { cause });
  }
}

/** Returns the message of the innermost cause, which says most: `fetch failed` has `ECONNREFUSED` in its cause. */
function innermostMessage(cause: unknown, depth = 0): string {
  if (!(cause instanceof Error)) return typeof cause === "string" ? cause : "fetch failed";
  if (cause.cause instanceof Error && depth < 8) return innermostMessage(cause.cause, depth + 1);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  if (code !== undefined && !cause.message.includes(code)) return [code, cause.message].filter(Boolean).join(": ");
  return cause.message || cause.name;
}

/**
 * There was no response in time: within `timeoutMs` of an attempt, or within `deadlineMs` of the whole call. The call may have run.
 *
 * @example
 * ```ts
 * if (error instanceof TimeoutError) console.error(error.limit, error.ms);
 * ```
 */
export class TimeoutError extends ContactGroupsError {
  override readonly name = "TimeoutError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;
  /** The option that set the time: for each attempt, or for the whole call. */
  readonly limit: "timeoutMs" | "deadlineMs";
  /** The time allowed, in milliseconds. */
  readonly ms: number;

  constructor(operation: OperationId, attempts: number, limit: "timeoutMs" | "deadlineMs", ms: number) {
    super(`${operation} got no response within ${ms} ms (${limit})`, operation, attempts, true);
    this.limit = limit;
    this.ms = ms;
  }
}

/**
 * The call did not get its turn in the queue for the rate limit: it waited for `maxQueueMs`, or the queue was full. This attempt sent nothing.
 *
 * @example
 * ```ts
 * if (error instanceof QueueError) response.writeHead(503, { "retry-after": "1" }).end();
 * ```
 */
export class QueueError extends ContactGroupsError {
  override readonly name = "QueueError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;
  /** What was reached: the time in the queue, or the number of calls in it. */
  readonly limit: "maxQueueMs" | "maxQueued";

  /**
   * @param value The limit: milliseconds, or calls.
   */
  constructor(operation: OperationId, attempts: number, limit: "maxQueueMs" | "maxQueued", value: number) {
    const reason =
      limit === "maxQueueMs"
        ? `waited ${value} ms for the rate limit (maxQueueMs)`
        : `was not queued for the rate limit: ${value} calls wait already`;
    super(`${operation} ${reason}. Send fewer calls at a time`, operation, attempts, true);
    this.limit = limit;
  }
}

/**
 * The response has HTTP status 200, but the service sends no such response: its body is not JSON, or lacks a field that every response
 * has, or its pages do not advance, or it has more bytes than `maxResponseBytes`. A proxy or a wrong host responded.
 *
 * @example
 * ```ts
 * if (error instanceof ProtocolError) console.error("is baseUrl right?", error.message);
 * ```
 */
export class ProtocolError extends ContactGroupsError {
  override readonly name = "ProtocolError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;

  /** @param found What the body is or lacks, without any of its text: it may repeat the URL. */
  constructor(operation: OperationId, attempts: number, found: string) {
    super(`${operation} got a response with HTTP status 200, but ${found}`, operation, attempts);
  }
}

/** What an `InvalidArgumentError` can have in addition to its message. */
interface InvalidArgumentOptions extends ErrorOptions {
  readonly operation?: OperationId | undefined;
  /** The whole message, instead of one of `expected` and `found`. */
  readonly message?: string | undefined;
}

/**
 * An option, an argument or a field of a request is invalid. Nothing was sent.
 *
 * @example
 * ```ts
 * createClient({ sdkAppId: 1400000000, identifier: "administrator", userSig: "", region: "china" });
 * // InvalidArgumentError: userSig must be a non-empty string, but is an empty string
 * ```
 */
export class InvalidArgumentError extends ContactGroupsError {
  override readonly name = "InvalidArgumentError";
  declare readonly code: undefined;
  /** Name of the option or argument, or the JSON pointer of the field. */
  readonly argument: string;
  /** JSON pointer of the field, if it is one of the request's body. */
  readonly pointer: string | undefined;

  constructor(argument: string, expected: string, found: string, options: InvalidArgumentOptions = {}) {
    const { operation, message = argumentMessage(argument || "The body", expected, found) } = options;
    super(message, operation, 0, false, options);
    this.argument = argument;
    this.pointer = argument === "" || argument[0] === "/" ? argument : undefined;
  }
}

/**
 * There was no UserSig: the function given as `userSig` failed, or the runtime could not sign. This attempt sent nothing. `cause` is the
 * error, without credentials.
 *
 * @example
 * ```ts
 * if (error instanceof UserSigError) console.error("the key store failed:", error.cause);
 * ```
 */
export class UserSigError extends ContactGroupsError {
  override readonly name = "UserSigError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;

  /** @param cause The error, without credentials. */
  constructor(operation: OperationId, attempts: number, cause: unknown) {
    const reason =
      cause instanceof Error ? cause.message : "the function given as userSig threw a value that is not an error";
    super(`${operation} could not be signed: ${reason}`, operation, attempts, false, { cause });
  }
}

/**
 * The call succeeded, but not for all items of the request: some conversations were not added, changed or marked. It is thrown only with the option
 * `throwOnPartialFailure`.
 *
 * @example
 * ```ts
 * if (error instanceof PartialFailureError) for (const { pointer, ResultCode } of error.failures) console.error(pointer, ResultCode);
 * ```
 */
export class PartialFailureError<Operation extends ItemOperation = ItemOperation> extends ContactGroupsError {
  override readonly name = "PartialFailureError";
  declare readonly code: undefined;
  declare readonly operation: Operation;
  // Private, so that printing an error prints no text of the service, which may repeat the URL.
  readonly #result: ItemResponse<Operation>;

  /** @param total Number of items that the response has. */
  constructor(operation: Operation, result: ItemResponse<Operation>, total: number) {
    const { failures }: { readonly failures: readonly { readonly ResultCode: number }[] } = result;
    const codes = new Set(failures.map(({ ResultCode }) => ResultCode));
    super(`${operation} failed for ${failures.length} of ${total} items: ${[...codes].join(", ")}`, operation, 1);
    this.#result = result;
  }

  /** The whole response, with the items that succeeded. */
  get result(): ItemResponse<Operation> {
    return this.#result;
  }

  /** The items that failed. */
  get failures(): readonly ItemFailure<IfAny<Operation, ItemOperation, Operation>>[] {
    return this.#result.failures;
  }
}

/**
 * A long list was sent in parts, and one of them failed. The error has the results of the others. Its `code`, `attempts` and `retryable` are
 * those of the `cause`.
 *
 * @example
 * ```ts
 * if (error instanceof BatchError) {
 *   console.error(error.cause.message, error.partial.ContactResultItem.length);
 *   const rest = await client.searchContactGroup({ From_Account: "user15", ContactItem: [...error.missing] });
 * }
 * ```
 */
export class BatchError<Operation extends BatchOperation = BatchOperation> extends ContactGroupsError {
  override readonly name = "BatchError";
  declare readonly operation: Operation;
  declare readonly cause: ContactGroupsError;
  override readonly code: number | undefined;
  // Private, so that printing an error does not print thousands of items.
  readonly #partial: OperationResult<Operation>;
  readonly #missing: readonly BatchItem<Operation>[];

  /** @param total Number of items sent, each counted once. */
  constructor(
    operation: Operation,
    cause: ContactGroupsError,
    partial: OperationResult<Operation>,
    missing: readonly BatchItem<Operation>[],
    total: number,
  ) {
    super(
      `${operation} has no result for ${missing.length} of ${total} items (see missing and partial): ${cause.message}`,
      operation,
      cause.attempts,
      cause.retryable,
      { cause },
    );
    this.code = cause.code;
    this.#partial = partial;
    this.#missing = missing;
  }

  /** The results of the parts that succeeded, in the order of the request, with the `failures` of these parts where single items can fail. */
  get partial(): OperationResult<Operation> {
    return this.#partial;
  }

  /** The items that no part returned a result for, each once. */
  get missing(): readonly BatchItem<Operation>[] {
    return this.#missing;
  }
}
