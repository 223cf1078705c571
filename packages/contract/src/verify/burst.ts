/** What calls that exceed the rate limit say about it. */

export interface BurstCall {
  /** Milliseconds. */
  readonly sentAt: number;
  readonly tookMs: number;
  /** Whether its response has the code of the rate limit. */
  readonly isRejected: boolean;
}

/** `count` is the number of calls that the verdict is about; of `too slow`, the milliseconds that the slower burst took. */
export interface BurstVerdict {
  readonly verdict: "kept" | "too many" | "no limit" | "too slow";
  readonly count: number;
}

/** A burst as a whole. */
interface Whole {
  readonly calls: readonly BurstCall[];
  readonly from: number;
  readonly tookMs: number;
  /** Calls that were not rejected. */
  readonly good: number;
}

/**
 * Judges from two bursts, each of more than twice the limit, whether calls over the limit are rejected. Where a span begins is not known, so one burst
 * can lie in two spans of a provider that is right; two that begin at different times of a span cannot both. Where a burst takes longer than half a
 * span, as over a slow line, they only show whether there is a limit.
 *
 * @param limit Calls that a span must allow. A provider may count in spans of the clock, in the span before each call, or fill a token bucket.
 * @param spanMs The span in milliseconds.
 */
export function judgeBursts(
  bursts: readonly [readonly BurstCall[], readonly BurstCall[]],
  limit: number,
  spanMs: number,
): BurstVerdict {
  const [first, second] = [wholeOf(bursts[0]), wholeOf(bursts[1])];
  const both = [first, second];
  const isRejecting = both.some(({ calls, good }) => good < calls.length);
  const offset = (second.from - first.from) % spanMs;
  const areApart = offset >= first.tookMs && spanMs - offset >= second.tookMs;
  if (areApart) {
    const areAbove = both.every(({ good, tookMs }) => good > limit * (1 + tookMs / spanMs));
    if (!areAbove) return { verdict: "kept", count: first.calls.length };
    return { verdict: isRejecting ? "too many" : "no limit", count: Math.min(first.good, second.good) };
  }
  if (isRejecting) return { verdict: "kept", count: first.calls.length };
  const within = Math.max(...both.map(({ calls }) => mostWithin(calls, spanMs)));
  // A span of the provider can begin in the middle of one that is measured here.
  if (within > 2 * limit) return { verdict: "no limit", count: within };
  return { verdict: "too slow", count: Math.round(Math.max(first.tookMs, second.tookMs)) };
}

function wholeOf(calls: readonly BurstCall[]): Whole {
  const from = Math.min(...calls.map(({ sentAt }) => sentAt));
  const tookMs = Math.max(...calls.map(endOf)) - from;
  return { calls, from, tookMs, good: calls.filter(({ isRejected }) => !isRejected).length };
}

/** Returns the most calls that were surely within one span. */
function mostWithin(calls: readonly BurstCall[], spanMs: number): number {
  const within = (from: number): number =>
    calls.filter((call) => call.sentAt >= from && endOf(call) <= from + spanMs).length;
  return Math.max(...calls.map(({ sentAt }) => within(sentAt)));
}

function endOf({ sentAt, tookMs }: BurstCall): number {
  return sentAt + tookMs;
}
