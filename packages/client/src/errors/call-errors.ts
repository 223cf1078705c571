/** The errors of calls that got no response of the service. */
import { argumentMessage } from "@contact-groups/core/arguments";
import type { Endpoint } from "../declared.ts";
import { ContactGroupsError } from "./contact-groups-error.ts";

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
  protected static override readonly id: string = "HttpError";
  declare readonly name: "HttpError";
  override readonly kind = "http";
  declare readonly code: undefined;
  declare readonly operation: Endpoint;
  /** HTTP status. 0 in a browser where the response was a redirect. */
  declare readonly status: number;

  /** @param headers Headers of the response that are shown, without credentials. */
  constructor(operation: Endpoint, status: number, headers: Headers = {}) {
    const message = `${operation} got a response with HTTP status ${status}${sender(headers)}; the service itself always responds with 200`;
    super(message, operation, status >= 500 || status === 429 || status === 408);
    this.status = status;
  }
}

type Headers = Readonly<Record<string, string>>;

/** Returns what the headers say of a response that is not the service's, in parentheses. */
function sender(headers: Headers): string {
  const { "content-type": type, server, via } = headers;
  const parts = [type, server && `server ${server}`, via && `via ${via}`].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}

const mayHaveRun =
  ". The call may have run: read the data before you send it again. To create a group, ensureContactGroup does that";

/**
 * There was no complete response: the connection failed or was lost. The call may have run; the message says so where that matters, because the
 * operation is not idempotent. Read the data before you send it again.
 *
 * `cause` is the error of `fetch`. Where that contained the URL or a credential, it is a copy without them.
 *
 * @example
 * ```ts
 * if (error instanceof NetworkError) console.error(error.message, error.cause);
 * ```
 */
export class NetworkError extends ContactGroupsError {
  protected static override readonly id: string = "NetworkError";
  declare readonly name: "NetworkError";
  override readonly kind = "network";
  declare readonly code: undefined;
  declare readonly operation: Endpoint;

  /**
   * @param cause Error of `fetch`, without credentials.
   * @param unsure Whether the call may have run, and cannot run twice.
   */
  constructor(operation: Endpoint, cause: unknown, unsure: boolean = false) {
    const retryable = !hasUntrustedCertificate(cause);
    const message = `${operation} got no complete response: ${innermostMessage(cause)}`;
    super(unsure ? message + mayHaveRun : message, operation, retryable, { cause });
  }
}

/**
 * Returns whether a certificate was rejected: expired, for another host, or of an unknown authority. Node.js and Bun name it by a code, Deno and
 * workerd by a text.
 */
function hasUntrustedCertificate(cause: unknown, depth = 0): boolean {
  if (!(cause instanceof Error)) return false;
  const text = `${"code" in cause ? String(cause.code) : ""} ${cause.message}`;
  return (
    /\bcertificate\b|_CERT|CERT_|LEAF_SIGNATURE/.test(text) ||
    (depth < 8 && hasUntrustedCertificate(cause.cause, depth + 1))
  );
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
  protected static override readonly id: string = "TimeoutError";
  declare readonly name: "TimeoutError";
  override readonly kind = "timeout";
  declare readonly code: undefined;
  declare readonly operation: Endpoint;
  /** The option that set the time: for each attempt, or for the whole call. */
  readonly limit: "timeoutMs" | "deadlineMs";
  /** The time allowed, in milliseconds. */
  readonly ms: number;

  /** @param unsure Whether the call may have run, and cannot run twice. */
  constructor(operation: Endpoint, limit: "timeoutMs" | "deadlineMs", ms: number, unsure: boolean = false) {
    const message = `${operation} got no response within ${ms} ms (${limit})`;
    super(unsure ? message + mayHaveRun : message, operation, true);
    this.limit = limit;
    this.ms = ms;
  }
}

/**
 * The call did not get its turn in the queue for the rate limit: it waited for `maxQueueMs`, or would have to wait longer, or the queue was full. This
 * attempt sent nothing.
 *
 * @example
 * ```ts
 * if (error instanceof QueueError) response.writeHead(503, { "retry-after": "1" }).end();
 * ```
 */
export class QueueError extends ContactGroupsError {
  protected static override readonly id: string = "QueueError";
  declare readonly name: "QueueError";
  override readonly kind = "queue";
  declare readonly code: undefined;
  declare readonly operation: Endpoint;
  /** What was reached: the time in the queue, or the number of calls in it. */
  readonly limit: "maxQueueMs" | "maxQueued";

  /**
   * @param value The limit: milliseconds, or calls.
   * @param leastMs The least wait of a call that was not queued because of it, in milliseconds.
   */
  constructor(operation: Endpoint, limit: "maxQueueMs" | "maxQueued", value: number, leastMs?: number) {
    const reason =
      limit === "maxQueued"
        ? `was not queued for the rate limit: ${value} calls wait already`
        : leastMs === undefined
          ? `waited ${value} ms for the rate limit (maxQueueMs)`
          : `was not queued for the rate limit: its turn is in ${Math.ceil(leastMs)} ms or later (maxQueueMs: ${value})`;
    super(`${operation} ${reason}. Send fewer calls at a time`, operation, true);
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
  protected static override readonly id: string = "ProtocolError";
  declare readonly name: "ProtocolError";
  override readonly kind = "protocol";
  declare readonly code: undefined;
  declare readonly operation: Endpoint;

  /**
   * @param found What the body is or lacks, without any of its text: it may repeat the URL.
   * @param headers Headers of the response that are shown, without credentials.
   */
  constructor(operation: Endpoint, found: string, headers: Headers = {}) {
    super(`${operation} got a response with HTTP status 200${sender(headers)}, but ${found}`, operation);
  }
}

/** What an `InvalidArgumentError` can have in addition to its message. */
interface InvalidArgumentOptions extends ErrorOptions {
  readonly operation?: Endpoint | undefined;
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
  protected static override readonly id: string = "InvalidArgumentError";
  declare readonly name: "InvalidArgumentError";
  override readonly kind = "argument";
  declare readonly code: undefined;
  /** Name of the option or argument, or the JSON pointer of the field. */
  readonly argument: string;
  /** JSON pointer of the field, if it is one of the request's body. */
  readonly pointer: string | undefined;

  constructor(argument: string, expected: string, found: string, options: InvalidArgumentOptions = {}) {
    const { operation, message = argumentMessage(argument || "The body", expected, found) } = options;
    super(message, operation, false, options);
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
  protected static override readonly id: string = "UserSigError";
  declare readonly name: "UserSigError";
  override readonly kind = "user-sig";
  declare readonly code: undefined;
  declare readonly operation: Endpoint;

  /**
   * @param cause The error, without credentials.
   * @param retryable Whether a later call can get one.
   */
  constructor(operation: Endpoint, cause: unknown, retryable: boolean = false) {
    const reason =
      cause instanceof Error ? cause.message : "the function given as userSig threw a value that is not an error";
    super(`${operation} could not be signed: ${reason}`, operation, retryable, { cause });
  }
}
