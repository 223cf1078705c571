import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { InvalidArgumentError } from "../src/index.ts";
import { type OperationId, operations } from "@contact-groups/openapi/model";
import { rateLimiterFor, ratesOf, type Turns } from "../src/rate-limiter.ts";
import { rejection } from "./respond.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";
import { mostWithin } from "./starts.ts";

const get = "getContactGroup";

const { calls: most, seconds: span } = operations[get].rate;

/** Starts calls at once and keeps when each one had its turn. */
function start(limiter: Turns, clock: ManualClock, count: number, operation: OperationId = get): number[] {
  const starts: number[] = [];
  for (let index = 0; index < count; index++) {
    const turn = limiter.acquire(operation);
    if (turn) void turn.then(() => starts.push(clock.now()));
    else starts.push(clock.now());
  }
  return starts;
}

test("five times the calls of a second take four seconds, and no second has more calls than allowed", async () => {
  const clock = createManualClock();
  const begin = clock.now();
  const starts = start(rateLimiterFor("app", ratesOf(), clock), clock, 5 * most);
  expect(starts).toHaveLength(most);
  await clock.advance(4 * span * 1000 + 100);
  expect(starts).toHaveLength(5 * most);
  expect(starts.at(-1)! - begin).toBeGreaterThanOrEqual(4 * span * 1000);
  expect(starts.at(-1)! - begin).toBeLessThan(4 * span * 1000 + 10);
  expect(mostWithin(starts, span * 1000)).toBe(most);
});

test("a burst across the edge of a second counts as one", async () => {
  const clock = createManualClock();
  const limiter = rateLimiterFor("app", ratesOf(), clock);
  start(limiter, clock, 1);
  await clock.advance(span * 1000 - 100);
  expect(start(limiter, clock, most - 1)).toHaveLength(most - 1);
  await clock.advance(101);
  expect(start(limiter, clock, most)).toHaveLength(1);
});

test("a call within the rate does not wait, not even for a promise", () => {
  const limiter = rateLimiterFor("app", ratesOf(), createManualClock());
  expect(limiter.acquire(get)).toBeUndefined();
});

test("each operation has a rate of its own", () => {
  const clock = createManualClock();
  const limiter = rateLimiterFor("app", ratesOf({ calls: 2, seconds: 1 }), clock);
  expect(start(limiter, clock, 3)).toHaveLength(2);
  expect(start(limiter, clock, 3, "searchContactGroup")).toHaveLength(2);
});

test("starts calls in the order of arrival, also one that arrives when a start is free", async () => {
  const clock = createManualClock();
  const limiter = rateLimiterFor("app", ratesOf({ calls: 1, seconds: 1 }), clock);
  const order: string[] = [];
  const call = async (name: string) => {
    await limiter.acquire(get);
    order.push(name);
  };
  // The timers of a busy machine run late: the turn of "b" is due, but "b" does not know it yet.
  const late = { ...clock, after: (ms: number, run: () => void) => clock.after(ms + 500, run) };
  const lateLimiter = rateLimiterFor("app", ratesOf({ calls: 1, seconds: 1 }), late);
  const calls = ["a", "b", "c"].map(call);
  await clock.advance(5000);
  await Promise.all(calls);
  expect(order).toEqual(["a", "b", "c"]);

  expect(lateLimiter.acquire(get)).toBeUndefined();
  const waiting = Promise.resolve(lateLimiter.acquire(get)).then(() => order.push("d"));
  await clock.advance(1200);
  const newcomer = Promise.resolve(lateLimiter.acquire(get)).then(() => order.push("e"));
  await clock.advance(5000);
  await Promise.all([waiting, newcomer]);
  expect(order).toEqual(["a", "b", "c", "d", "e"]);
});

test("a call that is aborted while it waits leaves its start to the next", async () => {
  const clock = createManualClock();
  const limiter = rateLimiterFor("app", ratesOf({ calls: 1, seconds: 1 }), clock);
  const controller = new AbortController();
  const reason = new Error("the user went away");
  void limiter.acquire(get);
  const aborted = rejection(Promise.resolve(limiter.acquire(get, controller.signal)));
  const starts = start(limiter, clock, 1);
  controller.abort(reason);
  expect(await aborted).toBe(reason);
  await clock.advance(1001);
  expect(starts).toHaveLength(1);
});

test("nothing stays behind when the last waiting call is aborted", async () => {
  const clock = createManualClock();
  const limiter = rateLimiterFor("app", ratesOf({ calls: 1, seconds: 1 }), clock);
  void limiter.acquire(get);
  const controller = new AbortController();
  const aborted = rejection(Promise.resolve(limiter.acquire(get, controller.signal)));
  expect(clock.pending()).toBe(1);
  controller.abort();
  expect(await aborted).toBe(controller.signal.reason);
  expect(clock.pending()).toBe(0);
  const starts = start(limiter, clock, 1);
  await clock.advance(1001);
  expect(starts).toHaveLength(1);
});

test("an aborted signal takes no start", async () => {
  const clock = createManualClock();
  const limiter = rateLimiterFor("app", ratesOf({ calls: 1, seconds: 1 }), clock);
  const reason = new Error("too late");
  await expect(limiter.acquire(get, AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(clock.pending()).toBe(0);
  expect(start(limiter, clock, 1)).toHaveLength(1);
});

test("leaves no listener on a signal that outlives its call", async () => {
  const clock = createManualClock();
  const limiter = rateLimiterFor("app", ratesOf({ calls: 1, seconds: 1 }), clock);
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...parameters: Parameters<typeof add>) => (listeners++, add(...parameters));
  signal.removeEventListener = (...parameters: Parameters<typeof remove>) => (listeners--, remove(...parameters));
  void limiter.acquire(get, signal);
  const turn = limiter.acquire(get, signal);
  expect(listeners).toBe(1);
  await clock.advance(1001);
  await turn;
  expect(listeners).toBe(0);
});

test("clients of the same app, host, rate and clock share one limiter, others do not", () => {
  const clock = createManualClock();
  const limiter = rateLimiterFor("app", ratesOf({ calls: 2, seconds: 1 }), clock);
  expect(rateLimiterFor("app", ratesOf({ calls: 2, seconds: 1 }), clock)).toBe(limiter);
  expect(rateLimiterFor("other app", ratesOf({ calls: 2, seconds: 1 }), clock)).not.toBe(limiter);
  expect(rateLimiterFor("app", ratesOf({ calls: 3, seconds: 1 }), clock)).not.toBe(limiter);
  expect(rateLimiterFor("app", ratesOf({ calls: 2, seconds: 1 }), createManualClock())).not.toBe(limiter);
});

test("a limiter stays shared while its clients make no calls and others are created", () => {
  const clock = createManualClock();
  const limiter = rateLimiterFor("app", ratesOf(), clock);
  rateLimiterFor("other app", ratesOf(), clock);
  expect(rateLimiterFor("app", ratesOf(), clock)).toBe(limiter);
});

test("calls that wait share one timer", () => {
  const clock = createManualClock();
  start(rateLimiterFor("app", ratesOf({ calls: 1, seconds: 1 }), clock), clock, 100);
  expect(clock.pending()).toBe(1);
});

test("rateLimit replaces the rate of the service", async () => {
  const clock = createManualClock();
  const starts = start(rateLimiterFor("app", ratesOf({ calls: 3, seconds: 2 }), clock), clock, 9);
  await clock.advance(4100);
  expect(starts).toHaveLength(9);
  expect(mostWithin(starts, 2000)).toBe(3);
});

test.each([-3_600_000, -500])(
  "a clock set back by %d ms neither stops the calls nor lets more of them start",
  async (ms) => {
    const clock = createManualClock();
    let shift = 0;
    const shifted = { ...clock, now: () => clock.now() + shift };
    const limiter = rateLimiterFor("app", ratesOf({ calls: 2, seconds: 1 }), shifted);
    const starts = start(limiter, clock, 2);
    await clock.advance(400);
    shift = ms;
    starts.push(...start(limiter, clock, 3));
    await clock.advance(0);
    expect(starts).toHaveLength(2);
    const late = start(limiter, clock, 2);
    await clock.advance(3100);
    expect(late).toHaveLength(2);
  },
);

test("calls of a garbage-collected client still count, and are forgotten after their window", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const manual = createManualClock();
  let looks = 0;
  const clock = { ...manual, now: () => (looks++, manual.now()) };
  // In a function of its own, so that nothing here holds the limiter.
  const use = (count: number): [number, WeakRef<Turns>] => {
    const limiter = rateLimiterFor("app", ratesOf({ calls: 2, seconds: 1 }), clock);
    return [start(limiter, manual, count).length, new WeakRef(limiter)];
  };
  const gone = async ([, limiter]: ReturnType<typeof use>) => {
    await manual.advance(0);
    collect();
    expect(limiter.deref()).toBeUndefined();
  };
  await gone(use(2));
  const again = use(1);
  expect(again[0]).toBe(0);
  await manual.advance(3000);
  await gone(again);

  looks = 0;
  rateLimiterFor("next app", ratesOf({ calls: 2, seconds: 1 }), clock);
  expect(looks).toBe(1);
  rateLimiterFor("app after that", ratesOf({ calls: 2, seconds: 1 }), clock);
  expect(looks).toBe(1);
});

test.each([
  [0, 1],
  [-1, 1],
  [1.5, 1],
  [100_001, 1],
  [1, 0],
  [1, Number.NaN],
  [1, 86_401],
])("rejects a rate of %d calls in %d seconds", (calls, seconds) => {
  const make = () => rateLimiterFor("app", ratesOf({ calls, seconds }), createManualClock());
  expect(make).toThrow(InvalidArgumentError);
  expect(make).toThrow(`rateLimit must be`);
});
