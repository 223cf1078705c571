/** What calls that exceed the rate limit say about it. */

export interface BurstCall {
  /** Milliseconds. */
  readonly sentAt: number;
  readonly tookMs: number;
  /** Whether its response has the code of the rate limit. */
  readonly isRejected: boolean;
}

/** `count` is the number of calls that the verdict is about; of `too slow`, the milliseconds that all calls took. */
export interface BurstVerdict {
  readonly verdict: "kept" | "too few" | "no limit" | "too slow";
  readonly count: number;
}

/**
 * Judges a limit of calls in a span of time. Only the moments of the request and of the response are known, so on a slow line nothing is said
 * about calls that may have been counted in another span.
 *
 * @param limit Calls that a span must allow.
 * @param spanMs The span in milliseconds. Where it begins is not known.
 */
export function judgeBurst(calls: readonly BurstCall[], limit: number, spanMs: number): BurstVerdict {
  const endOf = ({ sentAt, tookMs }: BurstCall): number => sentAt + tookMs;
  const took = Math.max(...calls.map(endOf)) - Math.min(...calls.map(({ sentAt }) => sentAt));
  const rejected = calls.filter(({ isRejected }) => isRejected);
  const good = calls.length - rejected.length;
  if (took <= spanMs) {
    if (good < limit) return { verdict: "too few", count: good };
    return { verdict: rejected.length === 0 ? "no limit" : "kept", count: calls.length };
  }
  for (const one of rejected) {
    const counted = calls.filter((call) => call.sentAt < endOf(one) && endOf(call) > one.sentAt - spanMs).length - 1;
    if (counted < limit) return { verdict: "too few", count: counted };
  }
  /** The most calls with a good response that were surely within one span. */
  const within = Math.max(
    ...calls.map(
      ({ sentAt: from }) =>
        calls.filter((call) => !call.isRejected && call.sentAt >= from && endOf(call) <= from + spanMs).length,
    ),
  );
  // A span of the provider can begin in the middle of one that is measured here.
  if (rejected.length === 0 && within > 2 * limit) return { verdict: "no limit", count: within };
  if (rejected.length > 0 && within >= limit) return { verdict: "kept", count: within };
  return { verdict: "too slow", count: Math.round(took) };
}
