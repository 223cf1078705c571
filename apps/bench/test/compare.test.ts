import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, expect, test } from "vitest";
import { compare, contenders, cpu, makeCalls, heldBytes, type Measure, rate } from "../src/compare.ts";

beforeAll(() => {
  setFlagsFromString("--expose-gc");
  globalThis.gc = runInNewContext("gc");
});

/** Counts what the contenders below do. */
let work = 0;
const worked: Measure = { counter: () => work, figure: (amount, calls) => amount / calls };

test("measures each contender by the same counter, per call", async () => {
  const adding = contenders({ one: 1, three: 3 }, (step) => makeCalls(async () => (work += step), 10, 5));
  const { title, rounds } = await compare("Work", adding, { work: worked }, 4);
  expect(title).toBe("Work");
  expect(rounds).toEqual(Array.from({ length: 4 }, () => ({ one: { work: 1 }, three: { work: 3 } })));
});

test("warms each contender up once, then alternates the order of the rounds", async () => {
  const order: string[] = [];
  const contender = (name: string) => () => makeCalls(() => order.push(name), 1);
  await compare("Order", { a: contender("a"), b: contender("b") }, {}, 3);
  expect(order.join("")).toBe("ababbaab");
});

test("the baseline stays first in every round", async () => {
  const { rounds } = await compare(
    "Order",
    { a: () => makeCalls(() => {}, 1), b: () => makeCalls(() => {}, 1) },
    { rate },
    2,
  );
  expect(rounds.map((round) => Object.keys(round))).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
});

test("keeps the figures that only a contender can measure, after those of the comparison", async () => {
  const contender = () => ({ calls: 1, figures: { p99: 7 } });
  const { rounds } = await compare("Load", { a: contender }, { "calls per second": rate }, 1);
  expect(rounds).toEqual([{ a: { "calls per second": expect.any(Number), p99: 7 } }]);
});

test("measures CPU time and rate of a busy loop, and the heap that a contender holds", async () => {
  const busy = () =>
    makeCalls(() => {
      for (const until = performance.now() + 5; performance.now() < until;);
    }, 10);
  const { rounds } = await compare("Busy", { busy }, { cpu, rate }, 1);
  const { cpu: microseconds = 0, rate: perSecond = 0 } = rounds[0]?.["busy"] ?? {};
  // The machine may be busy with something else, which costs wall time only.
  expect(microseconds).toBeGreaterThan(500);
  expect(perSecond).toBeLessThanOrEqual(200);

  const keep = () => ({ calls: 1000, held: Array.from({ length: 1000 }, (_, index) => ({ index })) });
  const drop = () => ({ calls: 1000, held: keep().held.length });
  const heap = await compare("Heap", { keep, drop }, { held: heldBytes }, 3);
  const figures = (name: string): number[] => heap.rounds.map((round) => round[name]?.["held"] ?? Number.NaN);
  expect(Math.min(...figures("keep"))).toBeGreaterThan(Math.max(...figures("drop")));
});

test("rejects with what a contender throws", async () => {
  const failing = () => makeCalls(() => Promise.reject(new Error("no response")), 1);
  await expect(compare("Failing", { failing }, { rate }, 1)).rejects.toThrow("no response");
});
