import type { ErrorCategory, OperationId, RetryAdvice } from "@contact-groups/openapi/model";
import { ContactGroupsError } from "./contact-groups-error.ts";

/** What is known of a failure beyond its code. */
export interface ApiErrorDetails {
  /** Name of the code in the error catalogue. */
  readonly entryName: string | undefined;
  readonly category: ErrorCategory | undefined;
  readonly retry: RetryAdvice | undefined;
  /** What to do, in a sentence or two. */
  readonly advice: string;
  readonly docsUrl: string | undefined;
  readonly requestId: string | undefined;
  /** Least time before a repeated call, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/**
 * The service answered that the call failed: `ActionStatus` is not `OK`, or `ErrorCode` is not 0. A code of the error catalogue is
 * raised as the subclass of its category; any other as an `ApiError` with the number.
 *
 * @example
 * ```ts
 * if (error instanceof ApiError && error.entryName === "TooManyConversationGroups") console.error(error.code, error.docsUrl);
 * ```
 * @see https://trtc.io/document/34348 Error Codes, 2025
 */
export class ApiError<Code extends number = number> extends ContactGroupsError {
  override readonly name: string = "ApiError";
  /** `ErrorCode` of the answer, also where the catalogue does not know it. */
  declare readonly code: Code;
  declare readonly operation: OperationId;
  /** `ErrorInfo` of the answer, for people. It may change, so decide by the code. */
  readonly info: string;
  /** Name of the code in the error catalogue, if it knows it. */
  readonly entryName: string | undefined;
  /** Where the cause lies, if the catalogue knows the code. */
  readonly category: ErrorCategory | undefined;
  /** Whether a repeated call can succeed and what must come first, if the catalogue knows the code. */
  readonly retry: RetryAdvice | undefined;
  /** Where the code is explained: in the docs site named by the option `docsUrl`, else in the official documents. */
  readonly docsUrl: string | undefined;
  /** ID of the call, if the service sent one. Quote it to support. */
  readonly requestId: string | undefined;
  /** Least time before a repeated call, in milliseconds, if the catalogue knows one. */
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
 * The request is wrong, and fails again unchanged.
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
 * Too many calls. The client has waited and repeated the call as often as it may.
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
 * Something failed inside the service. A later call may succeed; a create may have run.
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
