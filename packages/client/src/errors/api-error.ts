/** The errors of calls that the service responded to as failed. `toApiError` in `response.ts` creates the one of a code. */
import type { ErrorCategory, ErrorName, RetryAdvice } from "@contact-groups/openapi/model";
import type { Endpoint } from "../declared.ts";
import { ContactGroupsError } from "./contact-groups-error.ts";

/** What is known of a failure in addition to its code. */
interface ApiErrorDetails {
  /** Name of the code in the error catalogue. */
  readonly entryName: ErrorName | undefined;
  readonly category: ErrorCategory | undefined;
  readonly retry: RetryAdvice | undefined;
  readonly retryable: boolean;
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
export class ApiError extends ContactGroupsError {
  protected static override readonly id: string = "ApiError";
  declare readonly name:
    | "ApiError"
    | "RequestError"
    | "AuthError"
    | "ThrottleError"
    | "TransientError"
    | "ApplicationError";
  override readonly kind = "api";
  /** `ErrorCode` of the response, also where the catalogue does not know it. */
  declare readonly code: number;
  declare readonly operation: Endpoint;
  /** `ErrorInfo` of the response, for people. It may change: decide by the code. */
  readonly info: string;
  /** Name of the code in the error catalogue; undefined for a code that it does not list. */
  readonly entryName: ErrorName | undefined;
  /** Category of the cause; undefined for a code that the catalogue does not list. */
  readonly category: ErrorCategory | undefined;
  /** Whether a retry can succeed, and what must come first; undefined for a code that the catalogue does not list. */
  readonly retry: RetryAdvice | undefined;
  /** Page that explains the code: of the docs site in the option `docsUrl`, otherwise of the official documents. */
  readonly docsUrl: string | undefined;

  constructor(operation: Endpoint, code: number, info: string, details: ApiErrorDetails) {
    const { entryName, category, retry, retryable, advice, docsUrl, requestId, retryAfterMs } = details;
    const failure = `${operation} failed with ${code} ${entryName ?? "(not in the error catalogue)"}`;
    super(
      failure + (info && `: ${info}`) + (advice && ` - ${advice}`) + (docsUrl ? ` See ${docsUrl}` : ""),
      operation,
      retryable,
    );
    this.code = code;
    this.info = info;
    this.entryName = entryName;
    this.category = category;
    this.retry = retry;
    this.docsUrl = docsUrl;
    Object.assign(this, requestId !== undefined && { requestId }, retryAfterMs !== undefined && { retryAfterMs });
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
export class RequestError extends ApiError {
  protected static override readonly id: string = "RequestError";
  declare readonly name: "RequestError";
  declare readonly category: "request";
}

/**
 * The service does not accept the credentials: `sdkAppId`, `identifier` and UserSig do not fit together, or the UserSig has expired.
 *
 * @example
 * ```ts
 * if (error instanceof AuthError) console.error("check the secret key:", error.message);
 * ```
 */
export class AuthError extends ApiError {
  protected static override readonly id: string = "AuthError";
  declare readonly name: "AuthError";
  declare readonly category: "auth";
}

/**
 * The service received too many calls. The client has waited for its turn again until the deadline; with `retry: false`, it was sent once.
 *
 * @example
 * ```ts
 * if (error instanceof ThrottleError) queue.pauseFor(error.retryAfterMs ?? 1000);
 * ```
 */
export class ThrottleError extends ApiError {
  protected static override readonly id: string = "ThrottleError";
  declare readonly name: "ThrottleError";
  declare readonly category: "throttle";
}

/**
 * The service failed. A later call may succeed; a change may have run.
 *
 * @example
 * ```ts
 * if (error instanceof TransientError) console.error("failed", error.attempts, "times");
 * ```
 */
export class TransientError extends ApiError {
  protected static override readonly id: string = "TransientError";
  declare readonly name: "TransientError";
  declare readonly category: "transient";
}

/**
 * The app is not set up for the call: its edition, its status or its settings in the console.
 *
 * @example
 * ```ts
 * if (error instanceof ApplicationError) console.error("ask the app's owner:", error.message);
 * ```
 */
export class ApplicationError extends ApiError {
  protected static override readonly id: string = "ApplicationError";
  declare readonly name: "ApplicationError";
  declare readonly category: "application";
}
