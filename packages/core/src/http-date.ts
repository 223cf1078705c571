import type { Clock } from "./clock.ts";

/**
 * Creates what gives the time of a clock as the header `Date` has it; the machine's when the clock throws or gives no time, which must not
 * end a response. Responses of one second share its text.
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
    // As if it had given no time.
  }
  return Date.now();
}
