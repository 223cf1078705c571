import { expect, test } from "vitest";
import { operations } from "../../src/operations.ts";
import { broken, type Said } from "./recorded.ts";

const [{ rate: { calls, seconds } } = { rate: { calls: 0, seconds: 0 } }] = operations;

/** This many calls, evenly from one time to just before another. */
function burst(count: number, from: number, until: number, operation: Said["operation"] = "getContactGroup"): Said[] {
  return Array.from({ length: count }, (_, index) => ({ operation, at: from + ((until - from) * index) / count }));
}

test("allows as many calls as the description does", () => {
  expect(broken("call-rate", ...burst(calls * 3, 0, 3000 * seconds))).toEqual([]);
});

test("reports the first call over the limit of each burst", () => {
  const first = burst(calls + 5, 0, 1000 * seconds);
  const second = burst(calls + 1, 10_000 * seconds, 10_001 * seconds);
  expect(broken("call-rate", ...first, ...second)).toEqual([
    [calls, `At most ${calls} calls in ${seconds} s are allowed, but this is call ${calls + 1}`],
    [calls + 5 + calls, `At most ${calls} calls in ${seconds} s are allowed, but this is call ${calls + 1}`],
  ]);
});

test("reports a burst that spans two seconds of the clock", () => {
  const half = burst(calls, 900 * seconds, 1000 * seconds);
  expect(broken("call-rate", ...half, ...burst(1, 1100 * seconds, 1101 * seconds))).toHaveLength(1);
});

test("counts each operation separately", () => {
  expect(broken("call-rate", ...burst(calls, 0, 100), ...burst(calls, 0, 100, "searchContactGroup"))).toEqual([]);
});
