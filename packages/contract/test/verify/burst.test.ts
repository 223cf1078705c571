import { expect, test } from "vitest";
import { type BurstCall, judgeBursts } from "../../src/verify/burst.ts";

const limit = 200;
const count = 2 * limit + 1;
const spanMs = 1000;

/** Says whether a call that arrives is accepted. */
type Provider = (now: number) => boolean;

/** Counts in the span before each call. */
function sliding(allowed: number): Provider {
  let accepted: number[] = [];
  return (now) => {
    accepted = accepted.filter((time) => time > now - spanMs);
    return accepted.length < allowed && accepted.push(now) > 0;
  };
}

/** Counts in spans of its clock, which is some milliseconds ahead. */
function fixed(allowed: number, aheadMs: number): Provider {
  const counts = new Map<number, number>();
  return (now) => {
    const span = Math.floor((now + aheadMs) / spanMs);
    const used = counts.get(span) ?? 0;
    counts.set(span, used + 1);
    return used < allowed;
  };
}

/** Has a token bucket, which fills up in a span. */
function bucket(allowed: number): Provider {
  let [tokens, last] = [allowed, 0];
  return (now) => {
    tokens = Math.min(allowed, tokens + ((now - last) * allowed) / spanMs);
    last = now;
    return tokens >= 1 && tokens-- > 0;
  };
}

/** The calls of a burst over a line with a delay, `atOnce` of them at a time. */
function callsTo(accepts: Provider, tookMs: number, from: number, atOnce = 32): readonly BurstCall[] {
  return Array.from({ length: count }, (_, index) => {
    const sentAt = from + Math.floor(index / atOnce) * tookMs;
    return { sentAt, tookMs, isRejected: !accepts(sentAt + tookMs / 2) };
  });
}

const verdictOn = (accepts: Provider, tookMs: number): string =>
  judgeBursts([callsTo(accepts, tookMs, 0), callsTo(accepts, tookMs, 2500)], limit, spanMs).verdict;

const phases = [0, 100, 250, 500, 600, 750, 900];

test.each([5, 20, 35, 70, 250])(
  "a provider with the limit keeps it, however it counts, when a call takes %i ms",
  (ms) => {
    const providers = [sliding(limit), bucket(limit), ...phases.map((phase) => fixed(limit, phase))];
    for (const one of providers) expect(["kept", "too slow"]).toContain(verdictOn(one, ms));
    if (ms <= 35) for (const one of providers) expect(verdictOn(one, ms)).toBe("kept");
  },
);

test.each([250, 300, 400])("a limit of %i calls is too many, however the provider counts", (allowed) => {
  expect(verdictOn(sliding(allowed), 5)).toBe("too many");
  for (const phase of phases) expect(verdictOn(fixed(allowed, phase), 5)).toBe("too many");
});

test.each<[verdict: string, tookMs: number]>([
  ["no limit", 5],
  ["no limit", 70],
  ["too slow", 250],
])("without a limit the verdict is %s when a call takes %i ms", (verdict, tookMs) => {
  expect(verdictOn(() => true, tookMs)).toBe(verdict);
});

test("bursts that begin at the same time of a span can both lie in two spans", () => {
  const accepts = fixed(limit, 970);
  expect(judgeBursts([callsTo(accepts, 5, 0), callsTo(accepts, 5, 2000)], limit, spanMs).verdict).toBe("kept");
});
