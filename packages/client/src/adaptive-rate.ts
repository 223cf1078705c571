import type { Rate } from "./rate-limiter.ts";

/** Part of the accepted rate that is left after the service rejected a request because of its rate. */
const left = 0.8;

/** How fast the rate rises: part of the highest rate, in the cube of a second. */
const rise = 0.0005;

/** Lowest rate, as a part of the highest one. It finds out when the service accepts more again. */
const lowest = 0.01;

/** The first pause after a rejection, as a part of the seconds of the rate. */
const firstPause = 1 / 8;

/**
 * The rate that the service accepts from this process. It is the highest one until the service rejects a request because of its rate, as it does
 * where other processes use the same quota.
 *
 * Then the rate falls to 80 % of what the service accepted in the last `seconds`. All processes together had no more than the quota accepted, so
 * one fall is enough, however far above it they were. From there it rises along a cubic curve: soon back to what was accepted, slowly around that,
 * faster and faster beyond. So the quota of a process that ends is taken over in seconds, and few requests are rejected meanwhile.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9438 CUBIC for Fast and Long-Distance Networks, 2023
 */
export interface AdaptiveRate {
  /** Returns the calls per millisecond at a time. */
  at(now: number): number;
  /** The service accepted a request. */
  accepted(sentAt: number, now: number): void;
  /**
   * The service rejected a request because of its rate. Requests that were sent before the last fall are of the same burst, and change nothing.
   *
   * @param retryAfterMs Pause that the service asked for, or 0.
   * @returns The end of the pause that began with the last fall. Each is twice as long as the one before, until the service accepts a request.
   */
  rejected(sentAt: number, now: number, retryAfterMs: number): number;
}

/** Creates the rate of a process that was not rejected yet. Its times must not go back. */
export function createAdaptiveRate({ calls, seconds }: Rate): AdaptiveRate {
  const windowMs = seconds * 1000;
  const highest = calls / windowMs;
  const curve = (rise * highest) / Math.max(1000, windowMs) ** 3;
  /** What the service accepted before the last fall, and when the rate is there again. */
  let share = highest;
  let backAt = -Infinity;
  let fellAt = -Infinity;
  let rejections = 0;
  // Requests that were accepted in this span of `seconds` and in the one before it.
  let span = 0;
  let inSpan = 0;
  let inLast = 0;

  function count(now: number, accepted: number): number {
    const current = Math.floor(now / windowMs);
    if (current !== span) {
      inLast = current === span + 1 ? inSpan : 0;
      inSpan = 0;
      span = current;
    }
    inSpan += accepted;
    return inSpan + inLast * (current + 1 - now / windowMs);
  }

  function at(now: number): number {
    if (fellAt === -Infinity) return highest;
    return Math.min(highest, Math.max(lowest * highest, share + curve * (Math.max(now, fellAt) - backAt) ** 3));
  }

  return {
    at,
    accepted(sentAt, now) {
      if (sentAt > fellAt) rejections = 0;
      count(now, 1);
    },
    rejected(sentAt, now, retryAfterMs) {
      if (sentAt > fellAt) {
        share = Math.min(highest, count(now, 0) / windowMs);
        fellAt = now + Math.max(retryAfterMs, windowMs * Math.min(1, firstPause * 2 ** rejections++));
        backAt = fellAt + Math.cbrt((share * (1 - left)) / curve);
      }
      return fellAt;
    },
  };
}
