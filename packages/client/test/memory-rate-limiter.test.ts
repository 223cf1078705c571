import { systemClock } from "@contact-groups/core/clock";
import { expect, test } from "vitest";
import { operations } from "@contact-groups/openapi/model";
import type { Permit, PermitOutcome, PermitRequest, Rate, RateLimiter } from "../src/index.ts";
import { createAdaptiveRate } from "../src/adaptive-rate.ts";
import { createMemoryRateLimiter, sharedRateLimiter } from "../src/memory-rate-limiter.ts";
import { createPermitQueue, type WaitingCall } from "../src/permit-queue.ts";
import { createLimiter } from "../src/turnstile.ts";
import { request as anyRequest, testRateLimiter } from "./rate-limiter-conformance.ts";
import { rejection } from "./respond.ts";
import { createVirtualClock } from "./virtual-clock.ts";

testRateLimiter("the rate limiter of a process", () => {
  const clock = createVirtualClock();
  return { limiter: createMemoryRateLimiter(clock), now: clock.monotonic, pass: clock.pass };
});

const { rate } = operations.getContactGroup;
const request: PermitRequest = { ...anyRequest, rate };

/** The service accepted a request. */
const acceptedOutcome: PermitOutcome = { sent: true, throttled: false, succeeded: true };

/** Takes permits without waiting, until the limiter has none. */
function takeAll(limiter: RateLimiter, change: Partial<PermitRequest> = {}): Permit[] {
  const permits: Permit[] = [];
  for (;;) {
    const permit = limiter.acquire({ ...request, ...change });
    if (!("done" in permit)) {
      permit.catch(() => undefined);
      return permits;
    }
    permits.push(permit);
  }
}

test.each<[Rate, number]>([
  [{ calls: 200, seconds: 1 }, 10],
  [{ calls: 1000, seconds: 1 }, 50],
  [{ calls: 20, seconds: 1 }, 5],
  [{ calls: 3, seconds: 60 }, 3],
])("of %o, %d requests can be sent at once", (given, burst) => {
  const limiter = createMemoryRateLimiter(createVirtualClock());
  expect(takeAll(limiter, { rate: given })).toHaveLength(burst);
});

test("as many requests are on their way at first as can be sent at once, and one more for each response", async () => {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  const permits = takeAll(limiter);
  await clock.pass(400);
  expect(limiter.status?.(request)?.waiting).toBe(1);
  permits[0]?.done({ sent: true, throttled: false, succeeded: true });
  expect(limiter.status?.(request)?.waiting).toBe(0);
  expect(takeAll(limiter)).toHaveLength(1);
});

test("a permit that can be used now needs no promise", () => {
  expect(createMemoryRateLimiter(createVirtualClock()).acquire(request)).toHaveProperty("done");
});

test("a request that would wait longer than maxQueueMs is rejected at once", async () => {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  const waiting = Array.from({ length: 3 * rate.calls }, () => Promise.resolve(limiter.acquire(request)));
  expect(await rejection(Promise.resolve(limiter.acquire({ ...request, maxQueueMs: 2500 })))).toMatchObject({
    message: expect.stringMatching(
      / was not queued .*: its turn is in \d+ ms or later \(maxQueueMs: 2500\)\. /,
    ) as string,
  });
  expect(clock.now()).toBe(0);
  expect(waiting).toHaveLength(3 * rate.calls);
});

test("a lane has at most 100,000 requests that wait", async () => {
  const limiter = createMemoryRateLimiter(createVirtualClock());
  for (let index = 0; index < 100_010; index++) void limiter.acquire({ ...request, lane: "bulk" });
  const last = rejection(Promise.resolve(limiter.acquire({ ...request, lane: "bulk" })));
  expect(await last).toMatchObject({ name: "QueueError", limit: "maxQueued" });
  void limiter.acquire(request);
  expect(limiter.status?.(request)?.waiting).toBe(100_001);
});

test("a request that waits for 60 seconds leaves nothing behind when it is aborted", async () => {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  const controller = new AbortController();
  const waiting = Array.from({ length: 2 * rate.calls }, () =>
    Promise.resolve(limiter.acquire({ ...request, maxQueueMs: 60_000, signal: controller.signal })),
  );
  expect(clock.pending()).toBeGreaterThan(rate.calls);
  controller.abort();
  await Promise.allSettled(waiting);
  expect([clock.pending(), limiter.status?.(request)?.waiting]).toEqual([0, 0]);
});

test("its state tells how many requests wait and how fast they are sent", async () => {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  expect(limiter.status?.(request)).toBeUndefined();
  const permits = takeAll(limiter);
  expect(limiter.status?.(request)).toEqual({ waiting: 1, callsPerSecond: rate.calls / rate.seconds });
  await clock.pass(100);
  for (const permit of permits.slice(0, 5)) permit.done({ sent: true, throttled: false, succeeded: true });
  permits.at(-1)?.done({ sent: true, throttled: true, succeeded: false });
  expect(limiter.status?.(request)?.callsPerSecond).toBeCloseTo(4);
});

test("several rejections of one burst slow requests down once", async () => {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  const permits = takeAll(limiter);
  await clock.pass(50);
  permits.pop()?.done({ sent: true, throttled: false, succeeded: true });
  const rates = permits.map((permit) => {
    permit.done({ sent: true, throttled: true, succeeded: false });
    return limiter.status?.(request)?.callsPerSecond;
  });
  expect(new Set(rates).size).toBe(1);
  // A pause of an eighth of a second, and half of one until a request at two per second.
  await clock.pass(630);
  expect(takeAll(limiter)).toHaveLength(1);
});

test("a low rate has no burst", async () => {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  const permit = limiter.acquire(request) as Permit;
  permit.done({ sent: true, throttled: true, succeeded: false });
  await clock.pass(5000);
  expect(takeAll(limiter)).toHaveLength(1);
});

test("a request that waits is sent as soon as the rate has risen enough", async () => {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  const slow = { ...request, rate: { calls: 1, seconds: 1 } };
  (await limiter.acquire(slow)).done({ sent: true, throttled: true, succeeded: false });
  await clock.until(Promise.resolve(limiter.acquire(slow)));
  // At the lowest rate it would be 100 seconds.
  expect(clock.now()).toBeLessThan(12_000);
});

test("a request that waits longer than a timer can hold waits for all of that time", async () => {
  const clock = createVirtualClock();
  const timers: number[] = [];
  const after: typeof clock.after = (ms, run) => (timers.push(ms), clock.after(ms, run));
  const limiter = createMemoryRateLimiter({ ...clock, after });
  const pause = 2 ** 31 + 5000;
  (await limiter.acquire(request)).done({ sent: true, throttled: true, succeeded: false, retryAfterMs: pause });
  await clock.until(Promise.resolve(limiter.acquire(request)));
  expect(clock.now()).toBeGreaterThanOrEqual(pause);
  expect(Math.max(...timers)).toBe(2 ** 31 - 1);
});

test("a request is not rejected because of maxQueueMs while its turn can come in time", async () => {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  const change = { rate: { calls: 5, seconds: 600 }, maxQueueMs: 60_000 };
  for (const permit of takeAll(limiter, { ...change, maxQueueMs: 1 })) permit.done(acceptedOutcome);
  await clock.pass(599_900);
  const permits = Array.from({ length: 3 }, () => Promise.resolve(limiter.acquire({ ...request, ...change })));
  await clock.until(Promise.all(permits));
  expect(clock.now()).toBeLessThan(600_100);
});

test("a limit is not forgotten before its last response, however late that is", async () => {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  const permit = await limiter.acquire(request);
  await clock.pass(10_000);
  await limiter.acquire({ ...request, operation: "searchContactGroup" });
  permit.done({ sent: true, throttled: true, succeeded: false, retryAfterMs: 60_000 });
  await clock.until(Promise.resolve(limiter.acquire(request)));
  expect(clock.now()).toBeGreaterThanOrEqual(70_000);
});

test("many limits take no more time for each of them", () => {
  let looks = 0;
  const limiter = createLimiter(createVirtualClock(), () => ({
    waitMs: () => 0,
    grant: () => ({ done: () => undefined }),
    leastMs: () => 0,
    callsPerSecond: () => 1,
    isIdle: () => ++looks < 0,
  }));
  for (let sdkAppId = 1; sdkAppId <= 1000; sdkAppId++) void limiter.acquire({ ...request, sdkAppId });
  expect(looks).toBeLessThan(3000);
});

test("requests go on after a test runner has dropped the timers", async () => {
  let clock = createVirtualClock();
  const limiter = createMemoryRateLimiter({ now: () => clock.now(), after: (ms, run) => clock.after(ms, run) });
  const slow = { ...request, rate: { calls: 1, seconds: 1 } };
  const use = async (): Promise<void> => (await limiter.acquire(slow)).done(acceptedOutcome);
  await use();
  void Promise.all([use(), use()]);
  clock = createVirtualClock();
  await clock.pass(60_000);
  const last = use();
  await clock.until(last);
  expect(clock.pending()).toBe(0);
});

test("a queue does not keep the requests that have left it", () => {
  const queue = createPermitQueue();
  let looks = 0;
  const calls = Array.from({ length: 3000 }, (_, index): WaitingCall => {
    let hasLeft = false;
    return {
      lane: "bulk",
      again: index % 2 === 0,
      get hasLeft() {
        looks++;
        return hasLeft;
      },
      set hasLeft(value) {
        hasLeft = value;
      },
      start: () => undefined,
    };
  });
  for (const call of calls) queue.add(call);
  for (const call of calls.slice(0, 2998)) queue.leave(call);
  looks = 0;
  expect([queue.size(), queue.next(), queue.next(), queue.next()]).toEqual([2, calls[2998], calls[2999], undefined]);
  expect(looks).toBeLessThan(1002);
});

test("pauses double until the service accepts a request", () => {
  const adaptive = createAdaptiveRate({ calls: 200, seconds: 1 });
  let now = 0;
  const pauses = Array.from({ length: 5 }, () => {
    now++;
    const end = adaptive.rejected(now, now, 0);
    const pause = end - now;
    now = end;
    return pause;
  });
  expect(pauses).toEqual([125, 250, 500, 1000, 1000]);
  adaptive.accepted(now + 1, now + 2);
  expect(adaptive.rejected(now + 3, now + 3, 0)).toBe(now + 3 + 125);
});

test("the limit of an operation that nobody calls any more is forgotten", async () => {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  for (const permit of takeAll(limiter, { maxQueueMs: 1 })) permit.done(acceptedOutcome);
  await clock.pass(500);
  void limiter.acquire({ ...request, operation: "searchContactGroup" });
  expect(limiter.status?.(request)).toBeDefined();
  await clock.pass(5000);
  void limiter.acquire({ ...request, operation: "markContact" });
  expect(limiter.status?.(request)).toBeUndefined();
});

test.each([3_600_000, -3_600_000])("a wall clock that is set by %d ms changes nothing", async (step) => {
  const virtual = createVirtualClock();
  let shift = 0;
  const clock = { ...virtual, now: () => virtual.now() + shift };
  const limiter = createMemoryRateLimiter(clock);
  const before = takeAll(limiter).length;
  shift = step;
  expect(takeAll(limiter)).toHaveLength(0);
  await virtual.pass(2000);
  expect(before).toBe(10);
  expect(takeAll(limiter).length).toBeGreaterThan(0);
});

test("a clock without monotonic time that is set back delays nothing", async () => {
  const virtual = createVirtualClock();
  let shift = 0;
  const limiter = createMemoryRateLimiter({ now: () => virtual.now() + shift, after: virtual.after });
  takeAll(limiter);
  shift = -3_600_000;
  await virtual.pass(2000);
  expect(takeAll(limiter).length).toBeGreaterThan(0);
});

test("each clock has a limiter, which all clients and all copies of the package share", () => {
  const clock = createVirtualClock();
  expect(sharedRateLimiter(clock)).toBe(sharedRateLimiter(clock));
  expect(sharedRateLimiter(clock)).not.toBe(sharedRateLimiter(createVirtualClock()));
  expect(Reflect.get(globalThis, Symbol.for("@contact-groups/client/rate-limiters/1"))).toMatchObject({
    system: sharedRateLimiter(systemClock),
  });
});
