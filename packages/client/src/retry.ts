import { backoff } from "./backoff.ts";
import { kind } from "@contact-groups/core/arguments";
import type { Clock } from "@contact-groups/core/clock";
import { ApiError } from "./errors/api-error.ts";
import type { ContactGroupsError } from "./errors/contact-groups-error.ts";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import type { OperationId } from "@contact-groups/openapi/model";
import { createRetryBudget, type RetryBudgetOptions } from "./retry-budget.ts";

/**
 * How failed calls are repeated.
 *
 * A read is repeated after codes that the error catalogue calls transient or throttled, and after a `NetworkError`, a `TimeoutError`
 * or an `HttpError` with status 429, 500 or above. Anything else is repeated only where it surely did not run: the connection was refused, or the
 * service throttled it. A refused UserSig is renewed and the call repeated at once, one time.
 *
 * @example
 * ```ts
 * createClient({ sdkAppId, identifier, secretKey, region, retry: { maxAttempts: 5, maxDelayMs: 2000 } });
 * ```
 * @see https://trtc.io/document/34348 Error Codes, 2025
 */
export interface RetryOptions {
  /** Most attempts of a call, the first included, 1 or more; 3 unless given. */
  readonly maxAttempts?: number | undefined;
  /** Longest wait after the first attempt, in milliseconds, 0 or more; 500 unless given. It doubles with each attempt. */
  readonly baseDelayMs?: number | undefined;
  /**
   * Longest wait after any attempt, in milliseconds, 0 or more; 8,000 unless given. A time that the service or its
   * `Retry-After` asks for comes on top.
   */
  readonly maxDelayMs?: number | undefined;
  /** `true`: an operation that changes something is repeated like a read, so it may run twice. */
  readonly retryUnsafe?: boolean | undefined;
  /** Limits the retries of all calls together; `false` for no limit. A renewed UserSig costs nothing. */
  readonly budget?: RetryBudgetOptions | false | undefined;
}

/** A failed attempt. */
export interface RetryFailure {
  readonly error: ContactGroupsError;
  readonly operation: OperationId;
  /** Number of the attempt that failed, 1 for the first. */
  readonly attempt: number;
  /** Whether the call may run twice: the operation is idempotent, or the caller takes the risk. */
  readonly idempotent: boolean;
  /** Whether the attempt surely did not run. */
  readonly surelyNotRun: boolean;
  /** Least time before the next attempt that the answer asks for, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** Whether this call has been repeated with a renewed UserSig. Unless given, any attempt after the first may have been. */
  readonly refreshed?: boolean | undefined;
}

/** How to go on after a failed attempt. */
export interface RetryDecision {
  readonly delayMs: number;
  /** Whether the UserSig has to be renewed first. */
  readonly refresh: boolean;
}

/** Decides about the retries of a client. */
export interface RetryPolicy {
  /** Says when to make the next attempt; undefined for never. It does not know the deadline. */
  decide(failure: RetryFailure): RetryDecision | undefined;
  /** A call has succeeded. */
  succeeded(): void;
}

/**
 * Makes the retry policy of a client. Throws an `InvalidArgumentError` if an option is out of its range.
 *
 * @param random Returns a number from 0 up to, but not including, 1.
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
    decide({ error, attempt, idempotent, surelyNotRun, retryAfterMs = 0, refreshed = attempt > 1 }) {
      if (!error.retryable || attempt >= maxAttempts) return undefined;
      const { retry: advice, retryAfterMs: advisedMs = 0 } = error instanceof ApiError ? error : {};
      // The gate refused the UserSig before the call ran.
      if (advice === "refresh-usersig") return refreshed ? undefined : { delayMs: 0, refresh: true };
      if (!(idempotent || surelyNotRun || advice === "throttle")) return undefined;
      if (left && !left.take()) return undefined;
      const leastMs = Math.max(retryAfterMs, advisedMs);
      return { delayMs: leastMs + backoff(attempt, baseDelayMs, maxDelayMs, random), refresh: false };
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
