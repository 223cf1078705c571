import type { Clock } from "./clock.ts";

/**
 * Creates a function that returns the time of a clock as the header `Date` writes it. Where the clock throws or returns no time, the machine's is
 * used, because a response must not fail by it. Responses of one second share its text.
 */
export function createHttpDate({ now }: Pick<Clock, "now">): () => string {
  let second = Number.NaN;
  let text = "";
  return () => {
    const current = Math.floor(timeOf(now) / 1000);
    if (current !== second) {
      second = current;
      text = new Date(current * 1000).toUTCString();
    }
    return text;
  };
}

function timeOf(now: () => number): number {
  try {
    const time = now();
    if (!Number.isNaN(new Date(time).getTime())) return time;
  } catch {
    // As if it had returned no time.
  }
  return Date.now();
}
