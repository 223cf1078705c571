/** What a limiter of rates gets and gives. The limiter of this process is in `memory-rate-limiter.ts`. */

/** Number of calls in a number of seconds. */
export interface Rate {
  /** A whole number from 1 to 100,000. */
  readonly calls: number;
  /** Above 0, up to 86,400. */
  readonly seconds: number;
}

/** A queue for permits: an interactive call, which somebody waits for, is not behind the calls of a bulk job. */
export type Lane = "interactive" | "bulk";

/** What has a limit of its own: the calls of an app to an operation of a host, with a rate. */
export interface RateKey {
  /** SDKAppID of the app. */
  readonly sdkAppId: number;
  /** Base URL of the host. */
  readonly host: string;
  /** The operation, which has a rate of its own. */
  readonly operation: string;
  /** The rate that applies to the calls of this app, host and operation. */
  readonly rate: Rate;
}

/** One request that waits for its permit. It contains no credential. */
export interface PermitRequest extends RateKey {
  /** The queue in which it waits. */
  readonly lane: Lane;
  /** Whether the call had a permit before, as one that the service throttled had: it is before those that had none. */
  readonly again: boolean;
  /** Maximum time in the queue, in milliseconds; `Infinity` for any. */
  readonly maxQueueMs: number;
  /** Leaves the queue when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** Permission to send one request now. */
export interface Permit {
  /** Called once, when the request has ended or when it was not sent after all. */
  done(outcome: PermitOutcome): void;
}

/** How a request with a permit ended. */
export interface PermitOutcome {
  /** Whether it was given to the transport. A permit that was not used is free again. */
  readonly sent: boolean;
  /** Whether the service responded that it received too many calls. */
  readonly throttled: boolean;
  /** Whether the call succeeded. */
  readonly succeeded: boolean;
  /** Time until the service accepts calls again, by its response, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * Keeps the requests of each app, host and operation within a rate. Each attempt of a call takes a permit directly before it is sent.
 *
 * @example
 * ```ts
 * const oneAtATime: RateLimiter = {
 *   acquire: async ({ operation }) => {
 *     const lock = await locks.take(operation);
 *     return { done: () => lock.release() };
 *   },
 * };
 * createClient({ sdkAppId, identifier, secretKey, region, rateLimit: oneAtATime });
 * ```
 */
export interface RateLimiter {
  /**
   * Takes a permit.
   *
   * @returns The permit if the request can be sent now; otherwise a promise of it. The promise rejects with the signal's reason as soon as the
   * signal is aborted, and with a `QueueError` where the queue is full or `maxQueueMs` has passed. The client passes on any other error.
   */
  acquire(request: PermitRequest): Permit | Promise<Permit>;
  /** Returns the state of a limit, for metrics; undefined where no call uses it. */
  status?(key: RateKey): RateStatus | undefined;
}

/** The state of a limit. */
export interface RateStatus {
  /** Number of calls that wait. */
  readonly waiting: number;
  /** The rate in use. It is lower than the one given while the service rejects calls because of their rate. */
  readonly callsPerSecond: number;
}
