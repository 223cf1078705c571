/**
 * How long to wait after a failed attempt, in whole milliseconds: any time up to a limit that doubles with each attempt. Being spread
 * over all of it ("full jitter"), clients that failed together do not come back together.
 *
 * @param attempt Number of the attempt that failed, 1 for the first.
 * @param random Returns a number from 0 up to, but not including, 1.
 */
export function backoff(attempt: number, baseDelayMs: number, maxDelayMs: number, random: () => number): number {
  return Math.floor(random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1)));
}
