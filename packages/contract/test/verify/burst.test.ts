import { expect, test } from "vitest";
import { type BurstCall, judgeBurst } from "../../src/verify/burst.ts";

const limit = 200;
const calls = 2 * limit + 1;

/** The calls to a provider that allows some calls per second, over a line with a delay, `atOnce` of them at a time. */
function callsTo(allowed: number, tookMs: number, atOnce = 32): readonly BurstCall[] {
  const accepted: number[] = [];
  return Array.from({ length: calls }, (_, index) => {
    const sentAt = Math.floor(index / atOnce) * tookMs;
    const arrived = sentAt + tookMs / 2;
    const isRejected = accepted.filter((time) => time > arrived - 1000).length >= allowed;
    if (!isRejected) accepted.push(arrived);
    return { sentAt, tookMs, isRejected };
  });
}

test.each<[verdict: string, allowed: number, tookMs: number]>([
  ["kept", limit, 5],
  ["kept", limit, 70],
  ["kept", limit, 90],
  ["too few", limit - 1, 5],
  ["too few", 100, 250],
  ["too few", 50, 600],
  ["no limit", Infinity, 5],
  ["no limit", Infinity, 70],
  ["too slow", limit, 250],
  ["too slow", Infinity, 250],
])("a burst is %s when %i calls per second are allowed and a call takes %i ms", (verdict, allowed, tookMs) => {
  expect(judgeBurst(callsTo(allowed, tookMs), limit, 1000)).toMatchObject({ verdict });
});

test("calls that a provider counts in two seconds are not too many for one", () => {
  const half = (sentAt: number, count: number): BurstCall[] =>
    Array.from({ length: count }, () => ({ sentAt, tookMs: 5, isRejected: false }));
  expect(judgeBurst([...half(0, limit), ...half(900, limit)], limit, 1000)).toMatchObject({ verdict: "no limit" });
  expect(judgeBurst([...half(0, limit), ...half(1900, limit)], limit, 1000)).toMatchObject({ verdict: "too slow" });
});
