import type { Clock } from "@contact-groups/core/clock";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import type { OperationId } from "@contact-groups/openapi/model";
import { declared } from "./declared.ts";
import { createSlidingWindow, type Rate, type SlidingWindow } from "./sliding-window.ts";

/** Keeps the calls of each operation within its rate. */
export interface RateLimiter {
  /**
   * Waits for the turn of a call. Returns nothing if that is now; else a promise that resolves when it is, first come, first served, and
   * rejects with the signal's reason as soon as the signal is aborted.
   */
  acquire(operation: OperationId, signal?: AbortSignal): Promise<void> | void;
}

/** The rate of each operation: the one given, or its own. */
export function ratesOf(given?: Rate): Readonly<Record<OperationId, Rate>> {
  const rates = Object.entries(declared).map(([id, { rate }]) => [id, given ?? rate] as const);
  return Object.fromEntries<Rate>(rates) as Record<OperationId, Rate>;
}

type Windows = Partial<Record<OperationId, SlidingWindow>>;

/** What has been started outlives the limiter that started it, until it counts no more. */
interface Entry {
  readonly windows: Windows;
  limiter: WeakRef<RateLimiter>;
}

const entries = new WeakMap<Clock, Map<string, Entry>>();

/**
 * Finds the rate limiter of an app and host, or makes it. Clients of the same app, host and clock share it if their rates are the same;
 * a client with other rates counts its calls alone. Nothing stays in memory once its clients are gone.
 *
 * @param appAndHost Text that is the same for the same app and host.
 * @param rates Calls of each operation, a whole number from 1 to 100,000, in a number of seconds, above 0 up to 86,400. Throws an
 *   `InvalidArgumentError` for others.
 */
export function rateLimiterFor(
  appAndHost: string,
  rates: Readonly<Record<OperationId, Rate>>,
  clock: Clock,
): RateLimiter {
  for (const { calls, seconds } of Object.values(rates))
    if (!(Number.isInteger(calls) && calls > 0 && calls <= 1e5 && seconds > 0 && seconds <= 86_400))
      throw new InvalidArgumentError("rateLimit", "1 to 100000 calls in up to 86400 seconds", `${calls} in ${seconds}`);
  const shared = entries.get(clock) ?? new Map<string, Entry>();
  entries.set(clock, shared);
  const key = appAndHost + JSON.stringify(rates);
  const entry = shared.get(key);
  const living = entry?.limiter.deref();
  if (living) return living;

  for (const [other, { limiter, windows }] of shared)
    if (!limiter.deref() && Object.values(windows).every((window) => window.idle())) shared.delete(other);
  const windows: Windows = entry?.windows ?? {};
  const limiter: RateLimiter = {
    acquire: (operation, signal) =>
      (windows[operation] ??= createSlidingWindow(rates[operation], clock)).acquire(signal),
  };
  shared.set(key, { windows, limiter: new WeakRef(limiter) });
  return limiter;
}
