import { onAbort } from "@contact-groups/core/abort";
import type { Clock } from "@contact-groups/core/clock";
import type { OperationId } from "@contact-groups/openapi/model";
import { checkRate } from "./call.ts";
import { declared } from "./declared.ts";

/** Number of calls in a number of seconds. */
export interface Rate {
  /** A whole number from 1 to 100,000. */
  readonly calls: number;
  /** Above 0, up to 86,400. */
  readonly seconds: number;
}

/** A queue for permits: an interactive call, which somebody waits for, is not behind the calls of a bulk job. */
export type Lane = "interactive" | "bulk";

/** One request that waits for its permit. It contains no credential. */
export interface PermitRequest {
  /** SDKAppID of the app. */
  readonly sdkAppId: number;
  /** Base URL of the host. */
  readonly host: string;
  /** The operation, which has a rate of its own. */
  readonly operation: string;
  /** The rate that applies to the calls of this app, host and operation. */
  readonly rate: Rate;
  /** The queue in which it waits. */
  readonly lane: Lane;
  /** How often the call was sent before. */
  readonly attempts: number;
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
}

/** Keeps the calls of each operation within its rate. */
export interface Turns {
  /**
   * Waits until a call can start. Returns nothing if it can start now; otherwise a promise that resolves when it can, first come, first served,
   * and rejects with the signal's reason as soon as the signal is aborted.
   */
  acquire(operation: OperationId, signal?: AbortSignal, rate?: Rate): Promise<void> | void;
}

/** Returns the rate of each operation: the one given, or its own. */
export function ratesOf(given?: Rate): Readonly<Record<OperationId, Rate>> {
  const rates = Object.entries(declared).map(([id, { rate }]) => [id, given ?? rate] as const);
  return Object.fromEntries<Rate>(rates) as Record<OperationId, Rate>;
}

type Windows = Partial<Record<OperationId, SlidingWindow>>;

/** The windows of a limiter. They outlive it until none of its calls counts any more. */
interface Entry {
  readonly windows: Windows;
  limiter: WeakRef<Turns>;
}

const entries = new WeakMap<Clock, Map<string, Entry>>();

/**
 * Returns the rate limiter of an app and host. Clients of the same app, host and clock share it if their rates are the same;
 * a client with other rates counts its calls alone. Nothing stays in memory once its clients are gone.
 *
 * @param appAndHost Text that is the same for the same app and host.
 * @param rates Calls of each operation, a whole number from 1 to 100,000, in a number of seconds, above 0 up to 86,400.
 * @throws `InvalidArgumentError` if a rate is out of its range.
 */
export function rateLimiterFor(appAndHost: string, rates: Readonly<Record<OperationId, Rate>>, clock: Clock): Turns {
  for (const rate of Object.values(rates)) checkRate("rateLimit", rate);
  const shared = entries.get(clock) ?? new Map<string, Entry>();
  entries.set(clock, shared);
  const key = appAndHost + JSON.stringify(rates);
  const entry = shared.get(key);
  const living = entry?.limiter.deref();
  if (living) return living;

  for (const [other, { limiter, windows }] of shared)
    if (!limiter.deref() && Object.values(windows).every((window) => window.idle())) shared.delete(other);
  const windows: Windows = entry?.windows ?? {};
  const limiter: Turns = {
    acquire: (operation, signal, rate) =>
      (windows[operation] ??= createSlidingWindow(rates[operation] ?? rate!, clock)).acquire(signal),
  };
  shared.set(key, { windows, limiter: new WeakRef(limiter) });
  return limiter;
}

const permit: Permit = { done: () => undefined };

/** Creates the limiter of a client. */
export function limiterOf(turns: Turns): RateLimiter {
  return {
    acquire({ operation, signal, rate }) {
      const turn = turns.acquire(operation as OperationId, signal, rate);
      return turn ? turn.then(() => permit) : permit;
    },
  };
}

/** Limits the number of starts in any time of a given length. */
export interface SlidingWindow {
  /**
   * Takes the next start. Returns undefined if it is free now; otherwise a promise that resolves when it is, first come, first served. It
   * rejects with the signal's reason as soon as the signal is aborted.
   */
  acquire(signal?: AbortSignal): Promise<void> | undefined;
  /** Whether none of its starts counts any more. */
  idle(): boolean;
}

/** Creates a window. It remembers its last `calls` starts: the next one must be later than the oldest by more than `seconds`. */
export function createSlidingWindow({ calls, seconds }: Rate, clock: Clock): SlidingWindow {
  const lengthMs = seconds * 1000;
  const starts = new Float64Array(calls).fill(-Infinity);
  let oldest = 0;
  let latest = -Infinity;
  /** In the order of arrival. */
  const waiting = new Set<() => void>();
  let cancel: (() => void) | undefined;

  function take(): boolean {
    const now = clock.now();
    if (now < latest) {
      // The clock was set back: count as if no time has passed since the latest start.
      for (let index = 0; index < calls; index++) starts[index]! -= latest - now;
      latest = now;
    }
    // The exact time is too early: clocks round down.
    if (now - starts[oldest]! <= lengthMs) return false;
    starts[oldest] = latest = now;
    oldest = (oldest + 1) % calls;
    return true;
  }

  function startWaiting(): void {
    cancel = undefined;
    for (const start of waiting) {
      if (!take()) {
        cancel = clock.after(starts[oldest]! + lengthMs + 1 - clock.now(), startWaiting);
        return;
      }
      waiting.delete(start);
      start();
    }
  }

  function wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const start = () => {
        leave();
        resolve();
      };
      const leave = onAbort(signal, () => {
        waiting.delete(start);
        if (waiting.size === 0) {
          cancel?.();
          cancel = undefined;
        }
        reject(signal?.reason);
      });
      waiting.add(start);
      if (cancel === undefined) startWaiting();
    });
  }

  return {
    acquire: (signal) => (waiting.size === 0 && !signal?.aborted && take() ? undefined : wait(signal)),
    idle: () => clock.now() - latest > lengthMs,
  };
}
