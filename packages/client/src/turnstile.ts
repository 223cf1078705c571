/** The queue of each app, host, operation and rate, wherever its permits come from. */
import { onAbort } from "@contact-groups/core/abort";
import { monotonic, type Clock } from "@contact-groups/core/clock";
import type { OperationId } from "@contact-groups/openapi/model";
import { QueueError } from "./errors.ts";
import { createPermitQueue, type WaitingCall } from "./permit-queue.ts";
import type { Permit, PermitRequest, RateKey, RateLimiter, RateStatus } from "./rate-limiter.ts";

/** Maximum number of calls that wait in a lane. */
const mostWaiting = 100_000;

/** A timer of Node.js or a browser for a longer time, in milliseconds, runs at once. */
const longestTimer = 2 ** 31 - 1;

/** Where the permits of an app, host, operation and rate come from. Times are monotonic, in milliseconds. */
export interface PermitSource {
  /**
   * Returns the milliseconds until the next request can be sent: 0 or less for now, `Infinity` until the source calls `look`.
   *
   * @param waiting Number of calls that wait.
   */
  waitMs(now: number, waiting: number): number;
  /** Takes the permit that is free now. */
  grant(now: number): Permit;
  /** Returns the least milliseconds that a call has to wait when this many are before it. */
  leastMs(now: number, ahead: number): number;
  /** Returns the rate in use. */
  callsPerSecond(now: number): number;
  /** Returns whether it is as new, so that it can be forgotten. */
  isIdle(now: number): boolean;
}

/**
 * Creates the source of an app, host, operation and rate.
 *
 * @param time The time, which never goes back.
 * @param look Called when the next permit may be earlier than the source has said.
 */
export type CreateSource = (key: RateKey, time: () => number, look: () => void) => PermitSource;

/** The limit of one app, host and operation. */
interface Limit {
  acquire(request: PermitRequest): Permit | Promise<Permit>;
  status(): RateStatus;
  /** Returns whether it is as new, so that it can be forgotten. */
  isIdle(): boolean;
}

/** Creates a rate limiter. Nothing of an app, host or operation stays in memory once its calls do not count any more. */
export function createLimiter(clock: Clock, createSource: CreateSource): RateLimiter {
  const limits = new Map<string, Limit>();
  /** Number of limits at which those that are idle are forgotten. It doubles, so that many limits take no more time for each of them. */
  let tidyAt = 0;
  const time = steadyTime(clock);
  const keyOf = ({ sdkAppId, host, operation, rate: { calls, seconds } }: RateKey): string =>
    `${sdkAppId} ${host} ${operation} ${calls} ${seconds}`;

  return {
    status: (key) => limits.get(keyOf(key))?.status(),
    acquire(request) {
      const key = keyOf(request);
      let limit = limits.get(key);
      if (!limit) {
        if (limits.size >= tidyAt) {
          for (const [other, { isIdle }] of limits) if (isIdle()) limits.delete(other);
          tidyAt = 2 * limits.size;
        }
        limit = createLimit(clock, time, (look) => createSource(request, time, look));
        limits.set(key, limit);
      }
      return limit.acquire(request);
    },
  };
}

/** Returns a function for the time of a clock, which stands still where that of the clock goes back: fake timers of a test runner begin at 0. */
function steadyTime(clock: Clock): () => number {
  let ahead = 0;
  let latest = -Infinity;
  return () => {
    const now = monotonic(clock) + ahead;
    if (now < latest) ahead += latest - now;
    return (latest = Math.max(latest, now));
  };
}

function createLimit(clock: Clock, time: () => number, createSource: (look: () => void) => PermitSource): Limit {
  const queue = createPermitQueue();
  const source = createSource(startWaiting);
  let timerAt = Infinity;
  let cancelTimer: (() => void) | undefined;

  /** Starts the calls that can be sent now, and sets the timer for the next one. */
  function startWaiting(): void {
    while (queue.size() > 0) {
      const now = time();
      const ms = source.waitMs(now, queue.size());
      if (ms > 0) return setTimer(now, Math.ceil(ms));
      queue.next()!.start(now);
    }
    setTimer(0, Infinity);
  }

  /**
   * Sets the timer, unless it runs earlier. Then it looks again. One whose time has passed may never run: a test runner drops those of its fake
   * timers.
   */
  function setTimer(now: number, ms: number): void {
    if (ms < Infinity && now < timerAt && now + ms >= timerAt) return;
    cancelTimer?.();
    timerAt = now + ms;
    cancelTimer = ms < Infinity ? clock.after(Math.min(ms, longestTimer), onTimer) : undefined;
  }

  function onTimer(): void {
    cancelTimer = undefined;
    timerAt = Infinity;
    startWaiting();
  }

  function enqueue({ operation, lane, again, maxQueueMs, signal }: PermitRequest): Promise<Permit> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const refuse = (limit: "maxQueueMs" | "maxQueued", value: number, leastMs?: number): void =>
        reject(new QueueError(operation as OperationId, limit, value, leastMs));
      const ahead = again ? 0 : queue.size(lane);
      if (ahead >= mostWaiting) return refuse("maxQueued", mostWaiting);
      // It is of no use to wait for a turn that comes too late.
      const leastMs = source.leastMs(time(), ahead);
      if (leastMs > maxQueueMs) return refuse("maxQueueMs", maxQueueMs, leastMs);

      const call: WaitingCall = {
        lane,
        again,
        hasLeft: false,
        start(now) {
          settle();
          resolve(source.grant(now));
        },
      };
      const leave = (): void => {
        settle();
        queue.leave(call);
        startWaiting();
      };
      const ignoreAbort = onAbort(signal, () => {
        leave();
        reject(signal?.reason);
      });
      const cancelLimit =
        maxQueueMs === Infinity
          ? undefined
          : clock.after(maxQueueMs, () => {
              leave();
              refuse("maxQueueMs", maxQueueMs);
            });
      const settle = (): void => {
        ignoreAbort();
        cancelLimit?.();
      };
      queue.add(call);
      startWaiting();
    });
  }

  return {
    acquire(request) {
      const now = time();
      const isFree = queue.size() === 0 && !request.signal?.aborted && source.waitMs(now, 1) <= 0;
      return isFree ? source.grant(now) : enqueue(request);
    },
    status: () => ({ waiting: queue.size(), callsPerSecond: source.callsPerSecond(time()) }),
    isIdle: () => queue.size() === 0 && source.isIdle(time()),
  };
}
