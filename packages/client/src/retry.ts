/** Decides whether, when and how often a failed call is retried: the policy, its budget, its waits. */
import type { Endpoint } from "./declared.ts";
import { kind } from "@contact-groups/core/arguments";
import { monotonic, type Clock } from "@contact-groups/core/clock";
import { ApiError, InvalidArgumentError, type ContactGroupsError } from "./errors.ts";

/**
 * Options of the retries.
 *
 * An operation that is idempotent, as every read is, is retried after codes that the error catalogue calls transient or throttled, and after a
 * `NetworkError`, a `TimeoutError` or an `HttpError` with status 408, 429, 500 or above. Any other call is retried only where it certainly did not
 * run: the connection was refused, a function for UserSigs failed, or the service throttled it. A rejected UserSig is renewed and the call retried
 * at once, one time.
 *
 * A call that the service throttled did not run, and throttling is no outage. So these attempts do not count for `maxAttempts` and `budget`: the
 * call waits for its turn again until `deadlineMs` ends it.
 *
 * @example
 * ```ts
 * createClient({ sdkAppId, identifier, secretKey, region, retry: { maxAttempts: 5, maxDelayMs: 2000 } });
 * ```
 * @see https://trtc.io/document/34348 Error Codes, 2025
 */
export interface RetryOptions {
  /**
   * Maximum number of attempts of a call, the first included; 1 or more.
   *
   * @default 3
   */
  readonly maxAttempts?: number | undefined;
  /**
   * Longest wait after the first attempt, in milliseconds, 0 or more. It doubles with each attempt.
   *
   * @default 500
   */
  readonly baseDelayMs?: number | undefined;
  /**
   * Longest wait after any attempt, in milliseconds, 0 or more. A minimum that the service or its `Retry-After` sets is added.
   *
   * @default 8000
   */
  readonly maxDelayMs?: number | undefined;
  /**
   * `true`: every operation is retried like one that is idempotent, so a change may run twice.
   *
   * @default false
   */
  readonly retryUnsafe?: boolean | undefined;
  /** Limits the retries of all calls of the client together; `false` for no limit. A renewed UserSig costs nothing. */
  readonly budget?: RetryBudgetOptions | false | undefined;
}

/** A failed attempt. */
export interface RetryFailure {
  readonly error: ContactGroupsError;
  readonly operation: Endpoint;
  /** How often the call has failed: because of the rate if `throttled`, otherwise for other reasons. */
  readonly attempt: number;
  /** Whether it failed because of the rate. */
  readonly throttled?: boolean | undefined;
  /** Whether a rate limiter, which learns of such failures, decides when the next attempt is sent. */
  readonly limited?: boolean | undefined;
  /** Whether the call can run twice: the operation is idempotent, or the caller takes the risk. */
  readonly idempotent: boolean;
  /** Whether the attempt certainly did not run. */
  readonly surelyNotRun: boolean;
  /** Minimum time before the next attempt, by the response, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** What follows a failed attempt. */
export interface RetryDecision {
  readonly delayMs: number;
}

/** Decides about the retries of a client. */
export interface RetryPolicy {
  /** Returns when the next attempt follows; undefined for never. It does not know the deadline. */
  decide(failure: RetryFailure): RetryDecision | undefined;
  /** A call has succeeded. */
  succeeded(): void;
  /** Returns the retries that are left in the budget; undefined where there is none. */
  left(): number | undefined;
}

/**
 * Creates the retry policy of a client.
 *
 * @param random Returns a number from 0 up to, but not including, 1.
 * @throws `InvalidArgumentError` if an option is out of its range.
 */
export function createRetryPolicy(options: RetryOptions, random: () => number, clock: Clock): RetryPolicy {
  const { maxAttempts = 3, baseDelayMs = 500, maxDelayMs = 8000, retryUnsafe = false, budget = {} } = options;
  const { capacity, perSuccess, perSecond } = budget || {};
  check("maxAttempts", maxAttempts, 1);
  check("baseDelayMs", baseDelayMs);
  check("maxDelayMs", maxDelayMs);
  check("budget.capacity", capacity);
  check("budget.perSuccess", perSuccess, 0, 1);
  check("budget.perSecond", perSecond);
  if (typeof retryUnsafe !== "boolean") throw wrong("retryUnsafe", "true or false", retryUnsafe);
  const left = budget && createRetryBudget(budget, clock);

  return {
    succeeded: () => left && left.succeeded(),
    left: () => (left ? left.left() : undefined),
    decide({ error, attempt, throttled, limited, idempotent, surelyNotRun, retryAfterMs = 0 }) {
      if (!error.retryable) return undefined;
      const { retry: advice, retryAfterMs: advisedMs = 0 } = error instanceof ApiError ? error : {};
      // The service rejected the UserSig before the call ran.
      if (advice === "refresh-usersig") return { delayMs: 0 };
      const leastMs = Math.max(retryAfterMs, advisedMs);
      const delay = (failures: number): RetryDecision => ({
        delayMs: leastMs + backoff(failures, baseDelayMs, maxDelayMs, random),
      });
      // It did not run, and is no sign of an outage. The deadline ends such retries; after the first, a limiter has the call wait.
      if (throttled) return delay(limited ? attempt - 1 : attempt);
      if (attempt >= maxAttempts || !(idempotent || surelyNotRun) || (left && !left.take())) return undefined;
      return delay(attempt);
    },
  };
}

function check(option: string, value: number | undefined, least: number = 0, most: number = 2 ** 31 - 1): void {
  if (value !== undefined && !(typeof value === "number" && value >= least && value <= most))
    throw wrong(option, `a number from ${least} to ${most}`, value);
}

function wrong(option: string, expected: string, found: unknown): InvalidArgumentError {
  return new InvalidArgumentError(`retry.${option}`, expected, kind(found));
}

/** Options of the budget that all calls of a client share. */
export interface RetryBudgetOptions {
  /**
   * Maximum number of retries in the budget, and the number that a new client has; 0 or more.
   *
   * @default 100
   */
  readonly capacity?: number | undefined;
  /**
   * Retries that each successful call adds, from 0 to 1.
   *
   * @default 0.1
   */
  readonly perSuccess?: number | undefined;
  /**
   * Retries that each second adds, 0 or more.
   *
   * @default 0.1
   */
  readonly perSecond?: number | undefined;
}

/** The retries that are left. */
export interface RetryBudget {
  /** Takes one retry. Returns whether one was left. */
  take(): boolean;
  /** A call has succeeded. */
  succeeded(): void;
  /** Returns the number of retries. */
  left(): number;
}

/**
 * Creates a budget of retries. Successes fill it, so it is soon empty while the service is down, and retries do not make an outage worse.
 * Time fills it too, so that a client with few calls has retries.
 */
export function createRetryBudget(
  { capacity = 100, perSuccess = 0.1, perSecond = 0.1 }: RetryBudgetOptions,
  clock: Clock,
): RetryBudget {
  let left = capacity;
  let filledAt = monotonic(clock);
  const add = (retries: number) => {
    left = Math.min(capacity, left + retries);
  };
  const fill = () => {
    const now = monotonic(clock);
    // A clock that goes back has let no time pass.
    add((Math.max(0, now - filledAt) / 1000) * perSecond);
    filledAt = now;
    return left;
  };

  return {
    succeeded: () => add(perSuccess),
    left: fill,
    take() {
      if (fill() < 1) return false;
      left--;
      return true;
    },
  };
}

/**
 * Returns the wait after a failed attempt, in whole milliseconds: any time up to a limit that doubles with each attempt. It is spread
 * over all of that time ("full jitter"), so clients that failed together do not retry together.
 *
 * @param attempt How often the call has failed; 0 for no wait.
 * @param random Returns a number from 0 up to, but not including, 1.
 */
function backoff(attempt: number, baseDelayMs: number, maxDelayMs: number, random: () => number): number {
  if (attempt === 0) return 0;
  return Math.floor(random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1)));
}

/** Codes of failures before there was a connection, as Node.js and Bun name them. */
const notConnected = new Set([
  "ECONNREFUSED",
  "ConnectionRefused",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Returns whether an error of `fetch` says that the request never reached the host. Deno says it in a text. Where a runtime says nothing, as in
 * browsers, it is always false.
 */
export function didNotReachHost(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 8) return false;
  if ("code" in error && notConnected.has(String(error.code))) return true;
  if (error.message.includes("client error (Connect)")) return true;
  // One error for each address that was tried.
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.every((one) => didNotReachHost(one, depth + 1));
  return didNotReachHost(error.cause, depth + 1);
}

/** Longest `Retry-After`, in milliseconds: a day. A wrong one of some digits more would end the calls of all processes for good. */
const mostRetryAfterMs = 86_400_000;

/** Reads a `Retry-After` header, seconds or an HTTP date. Returns the milliseconds from now on, a day at most. */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return ms > 0 ? Math.min(ms, mostRetryAfterMs) : undefined;
}
