import { expect, test } from "vitest";
import { randomRepeated } from "../../src/judge/random-rule.ts";
import { broken, recorded } from "./recorded.ts";

test("reports a random number that was sent before", () => {
  expect(broken("random-repeated", { random: "7" }, { random: "8" }, { random: "7" })).toEqual([
    [2, "The query parameter random must be new for each call, but is 7 as in call 0"],
  ]);
});

test("reports a repeated random number in a retry and across operations", () => {
  const retry = [
    { random: "7", lost: true },
    { random: "7" },
    { random: "7", operation: "searchContactGroup" },
  ] as const;
  expect(broken("random-repeated", ...retry).map(([call]) => call)).toEqual([1, 2]);
});

test("compares with the last 100 calls", () => {
  const between = (count: number): { random: string }[] =>
    Array.from({ length: count }, (_, index) => ({ random: `${index}x` }));
  expect(broken("random-repeated", { random: "7" }, ...between(99), { random: "7" })).toHaveLength(1);
  expect(broken("random-repeated", { random: "7" }, ...between(100), { random: "7" })).toHaveLength(0);
});

test("does not report a missing random number, which breaks the schema", () => {
  const without = recorded({}, {}).map((exchange) => ({ ...exchange, request: { ...exchange.request, query: {} } }));
  expect(randomRepeated(without, {})).toEqual([]);
});
