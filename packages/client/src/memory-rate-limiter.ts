import { onAbort } from "@contact-groups/core/abort";
import { monotonic, systemClock, type Clock } from "@contact-groups/core/clock";
import type { OperationId } from "@contact-groups/openapi/model";
import { createAdaptiveRate } from "./adaptive-rate.ts";
import { QueueError } from "./errors.ts";
import { createPermitQueue, type WaitingCall } from "./permit-queue.ts";
import type { Permit, PermitRequest, Rate, RateKey, RateLimiter, RateStatus } from "./rate-limiter.ts";
import { createRateWindow } from "./rate-window.ts";

/** Maximum number of calls that wait in a lane. */
const mostWaiting = 100_000;

/** Calls that can be sent at once after a pause: this many, or this part of the calls of the rate. */
const burst = { calls: 5, part: 0.05 };

/** The limit of one app, host and operation. */
interface Limit {
  acquire(request: PermitRequest): Permit | Promise<Permit>;
  status(): RateStatus;
  /** Returns whether it is as new, so that it can be forgotten. */
  isIdle(): boolean;
}

/** The limiters of this process: one for the clock of the machine, and one for each other clock. */
interface Registry {
  system?: RateLimiter;
  readonly byClock: WeakMap<Clock, RateLimiter>;
}

/** A change of `RateLimiter` that older copies of the package cannot use gets a number of its own. */
const registryKey: unique symbol = Symbol.for("@contact-groups/client/rate-limiters/1") as typeof registryKey;

/** Returns the rate limiter of this process. All copies of the package share it: a program can load the ES module and the CommonJS one. */
export function sharedRateLimiter(clock: Clock): RateLimiter {
  const holder = globalThis as { [registryKey]?: Registry };
  const registry = (holder[registryKey] ??= { byClock: new WeakMap() });
  if (clock === systemClock) return (registry.system ??= createMemoryRateLimiter(clock));
  const limiter = registry.byClock.get(clock) ?? createMemoryRateLimiter(clock);
  registry.byClock.set(clock, limiter);
  return limiter;
}

/** Creates a rate limiter for this process. Nothing of an app, host or operation stays in memory once its calls do not count any more. */
export function createMemoryRateLimiter(clock: Clock): RateLimiter {
  const limits = new Map<string, Limit>();
  const now = steadyTime(clock);
  const keyOf = ({ sdkAppId, host, operation, rate: { calls, seconds } }: PermitRequest | RateKey): string =>
    `${sdkAppId} ${host} ${operation} ${calls} ${seconds}`;

  return {
    status: (key) => limits.get(keyOf(key))?.status(),
    acquire(request) {
      const key = keyOf(request);
      let limit = limits.get(key);
      if (!limit) {
        for (const [other, { isIdle }] of limits) if (isIdle()) limits.delete(other);
        limit = createLimit(request.rate, clock, now);
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

function createLimit(rate: Rate, clock: Clock, time: () => number): Limit {
  const highest = rate.calls / (rate.seconds * 1000);
  const mostTokens = Math.min(rate.calls, Math.max(burst.calls, rate.calls * burst.part));
  const queue = createPermitQueue();
  const window = createRateWindow(rate);
  const adaptive = createAdaptiveRate(rate);
  /** Requests that can be sent at once, by the rate alone, at a time. That is later than now during a pause. */
  let tokens = mostTokens;
  let filledAt = time();
  let timerAt = Infinity;
  let cancelTimer: (() => void) | undefined;

  /** Returns the milliseconds until the next request can be sent; 0 or less for now. */
  function waitMs(now: number): number {
    const current = adaptive.at(now);
    if (now > filledAt) {
      tokens = Math.min(Math.max(1, (mostTokens * current) / highest), tokens + (now - filledAt) * current);
      filledAt = now;
    }
    // A sum of parts can be a little less than one token.
    const untilToken = tokens > 1 - 1e-6 ? 0 : (1 - tokens) / current;
    return Math.max(filledAt - now + untilToken, window.fullMs(now));
  }

  function pauseUntil(next: number): void {
    if (next <= filledAt) return;
    filledAt = next;
    tokens = 0;
  }

  function grant(now: number): Permit {
    tokens--;
    const flight = window.send(now);
    let isDone = false;
    return {
      done({ sent, throttled, retryAfterMs = 0 }) {
        if (isDone) return;
        isDone = true;
        if (sent) end(now, time(), throttled, retryAfterMs);
        else tokens++;
        (sent ? window.land : window.forget)(flight, time());
        startWaiting();
      },
    };
  }

  /** Learns from the response to a request. */
  function end(sentAt: number, now: number, throttled: boolean, retryAfterMs: number): void {
    if (throttled) pauseUntil(adaptive.rejected(sentAt, now, retryAfterMs));
    else adaptive.accepted(sentAt, now);
    if (retryAfterMs > 0) pauseUntil(now + retryAfterMs);
  }

  /** Starts the calls that can be sent now, and sets the timer for the next one. */
  function startWaiting(): void {
    while (queue.size() > 0) {
      const now = time();
      const ms = waitMs(now);
      if (ms > 0) return setTimer(now, Math.ceil(ms));
      queue.next()!.start(now);
    }
    setTimer(0, Infinity);
  }

  /** Sets the timer, unless it runs earlier. Then it looks again. */
  function setTimer(now: number, ms: number): void {
    if (ms < Infinity && now + ms >= timerAt) return;
    cancelTimer?.();
    timerAt = now + ms;
    cancelTimer = ms < Infinity ? clock.after(ms, onTimer) : undefined;
  }

  function onTimer(): void {
    cancelTimer = undefined;
    timerAt = Infinity;
    startWaiting();
  }

  function enqueue({ operation, lane, again, attempts, maxQueueMs, signal }: PermitRequest): Promise<Permit> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const refuse = (limit: "maxQueueMs" | "maxQueued", value: number): void =>
        reject(new QueueError(operation as OperationId, attempts, limit, value));
      const ahead = again ? 0 : queue.size(lane);
      if (ahead >= mostWaiting) return refuse("maxQueued", mostWaiting);
      // It is of no use to wait for a turn that comes too late.
      if (Math.max(ahead / highest, filledAt - time()) > maxQueueMs) return refuse("maxQueueMs", maxQueueMs);

      const call: WaitingCall = {
        lane,
        again,
        hasLeft: false,
        start(now) {
          settle();
          resolve(grant(now));
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
      return queue.size() === 0 && !request.signal?.aborted && waitMs(now) <= 0 ? grant(now) : enqueue(request);
    },
    status: () => ({ waiting: queue.size(), callsPerSecond: adaptive.at(time()) * 1000 }),
    isIdle() {
      const now = time();
      return queue.size() === 0 && window.isEmpty(now) && now >= filledAt && adaptive.at(now) === highest;
    },
  };
}
