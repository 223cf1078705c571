import { describe, expect, test } from "vitest";
import { operations } from "../../src/operations.ts";
import { broken, page, type Said } from "./recorded.ts";

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

describe("after a call that was throttled", () => {
  const failed: Said = { code: 60007, durationMs: 5 };
  const other = (index: number, at: number): Said => ({ ...page(0, `user_${index}`), at });
  const after = (count: number, from: number, everyMs: number): Said[] =>
    Array.from({ length: count }, (_, index) => other(index, from + index * everyMs));
  const reported = (...said: readonly Said[]): number[] => broken("call-rate", failed, ...said).map(([call]) => call);

  test("reports a burst once", () => {
    expect(broken("call-rate", failed, ...after(100, 10, 0))).toEqual([
      [
        calls / 10 + 1,
        `Call 0 failed with 60007 CallRateExceeded, but ${calls / 10 + 1} calls of the operation followed within 5 ms`,
      ],
    ]);
    expect(reported(...after(150, 10, 3).map((said) => ({ ...said, code: 60007 })))).toHaveLength(1);
  });

  test("allows a slower rate", () => {
    expect(reported(...after(110, 130, (1000 * seconds) / (calls * 0.64)))).toEqual([]);
  });

  test("allows a burst after the time span of the rate", () => {
    expect(reported(...after(100, 1000 * seconds + 5, 0))).toEqual([]);
  });

  test("does not count calls that were already sent", () => {
    expect(reported(...after(100, 1, 0).map((said) => ({ ...said, durationMs: 50 })), ...after(50, 40, 0))).toEqual([]);
  });

  test("does not count calls of another step or operation", () => {
    expect(reported(...after(100, 10, 0).map((said) => ({ ...said, step: 1 })))).toEqual([]);
    expect(
      reported(...after(100, 10, 0).map((said) => ({ ...said, operation: "searchContactGroup" as const }))),
    ).toEqual([]);
  });
});
