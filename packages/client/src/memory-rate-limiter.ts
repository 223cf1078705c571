import { systemClock, type Clock } from "@contact-groups/core/clock";
import { createAdaptiveRate } from "./adaptive-rate.ts";
import type { Permit, Rate, RateLimiter } from "./rate-limiter.ts";
import { arrivalMs, createRateWindow } from "./rate-window.ts";
import { createLimiter, type PermitSource } from "./turnstile.ts";

/** Calls that can be sent at once after a pause: this many, or this part of the calls of the rate. */
const burst = { calls: 5, part: 0.05 };

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

/** Creates a rate limiter for this process. */
export function createMemoryRateLimiter(clock: Clock): RateLimiter {
  return createLimiter(clock, ({ rate }, time, look) => createMemorySource(rate, time, look));
}

/** Creates the permits that a process has for itself. */
export function createMemorySource(rate: Rate, time: () => number, look: () => void): PermitSource {
  const highest = rate.calls / (rate.seconds * 1000);
  const mostTokens = Math.min(rate.calls, Math.max(burst.calls, rate.calls * burst.part));
  /** The rate rises while requests wait for it, so a time that it gives is too long. */
  const recheckMs = Math.max(1000, rate.seconds * 1000);
  const window = createRateWindow(rate);
  const adaptive = createAdaptiveRate(rate);
  /** Requests that can be sent at once, by the rate alone, at a time. That is later than now during a pause. */
  let tokens = mostTokens;
  let filledAt = time();
  let sentAt = -Infinity;
  let inFlight = 0;
  let accepted = 0;

  /** Returns the milliseconds until the next request can be sent; 0 or less for now. */
  function waitMs(now: number): number {
    const current = adaptive.at(now);
    if (now > filledAt) {
      tokens = Math.min(Math.max(1, (mostTokens * current) / highest), tokens + (now - filledAt) * current);
      filledAt = now;
    }
    // A sum of parts can be a little less than one token.
    const untilToken = tokens > 1 - 1e-6 ? 0 : Math.min(recheckMs, (1 - tokens) / current);
    // What others use of the quota is not known before there are responses: each one lets one more request be on its way.
    const untilKnown = inFlight < mostTokens + accepted ? 0 : sentAt + arrivalMs - now;
    return Math.max(filledAt - now + untilToken, window.fullMs(now), untilKnown);
  }

  function pauseUntil(next: number): void {
    if (next <= filledAt) return;
    filledAt = next;
    tokens = 0;
  }

  function grant(now: number): Permit {
    tokens--;
    inFlight++;
    sentAt = now;
    const flight = window.send(now);
    let isDone = false;
    return {
      done({ sent, throttled, retryAfterMs = 0 }) {
        if (isDone) return;
        isDone = true;
        inFlight--;
        if (sent) end(now, time(), throttled, retryAfterMs);
        else tokens++;
        (sent ? window.land : window.forget)(flight, time());
        look();
      },
    };
  }

  /** Learns from the response to a request. */
  function end(from: number, now: number, throttled: boolean, retryAfterMs: number): void {
    if (throttled) pauseUntil(adaptive.rejected(from, now, retryAfterMs));
    else {
      accepted++;
      adaptive.accepted(from, now);
    }
    if (retryAfterMs > 0) pauseUntil(now + retryAfterMs);
  }

  return {
    waitMs,
    grant,
    // Those that waited for something else than their tokens can use them at once.
    leastMs: (now, ahead) => Math.max((ahead + 1 - Math.max(1, tokens)) / highest, filledAt - now),
    callsPerSecond: (now) => adaptive.at(now) * 1000,
    isIdle: (now) => inFlight === 0 && window.isEmpty(now) && now >= filledAt && adaptive.at(now) === highest,
  };
}
