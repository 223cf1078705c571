/** A call in the queue for the rate limit. */
import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import {
  c2c,
  type AttemptEvent,
  type Permit,
  type PermitOutcome,
  type PermitRequest,
  type RateLimiter,
} from "../src/index.ts";
import { clientOf, failed, okBody, recorder, rejection, respondInTurn, respondWith } from "./respond.ts";
import { createVirtualClock } from "./virtual-clock.ts";

const page = { From_Account: "user15", StartIndex: 0 };

/** A limiter that permits everything, and records it. */
function openLimiter(): RateLimiter & { readonly requests: PermitRequest[]; readonly outcomes: PermitOutcome[] } {
  const requests: PermitRequest[] = [];
  const outcomes: PermitOutcome[] = [];
  const acquire = (request: PermitRequest) => {
    requests.push(request);
    return { done: (outcome: PermitOutcome) => void outcomes.push(outcome) };
  };
  return { acquire, requests, outcomes };
}

test("a limiter of one's own is asked for each attempt, and learns how it ended", async () => {
  const rateLimit = openLimiter();
  const clock = createVirtualClock();
  const throttled = failed(errorCodes.CallRateExceeded);
  const limited = () => Promise.resolve(new Response("", { status: 429, headers: { "retry-after": "2" } }));
  const client = clientOf(respondInTurn(throttled, limited, okBody), { clock, rateLimit });
  await clock.until(client.getContactGroup(page, { maxQueueMs: 100 }));
  const key = { sdkAppId: 1400000000, host: "http://service.test", operation: "getContactGroup" };
  const first = { ...key, rate: { calls: 200, seconds: 1 }, lane: "interactive", maxQueueMs: 100, again: false };
  expect(rateLimit.requests).toMatchObject([first, { again: true }, { again: true }]);
  expect(rateLimit.outcomes).toEqual([
    { sent: true, throttled: true, succeeded: false, retryAfterMs: undefined },
    { sent: true, throttled: true, succeeded: false, retryAfterMs: 2000 },
    { sent: true, throttled: false, succeeded: true },
  ]);
});

test("only the parts of a long list and the pages of an iteration are in the lane bulk, unless the call says otherwise", async () => {
  const rateLimit = openLimiter();
  const client = clientOf(respondWith({ ...okBody, CompleteFlag: 1 }), { rateLimit });
  const lanes = async (call: Promise<unknown>): Promise<unknown[]> => {
    await call.catch(() => undefined);
    return [...new Set(rateLimit.requests.splice(0).map(({ lane, maxQueueMs }) => `${lane} ${maxQueueMs}`))];
  };
  const search = (count: number) => ({
    From_Account: "user15",
    ContactItem: Array.from({ length: count }, (_, index) => c2c(`user${index}`)),
  });
  expect(await lanes(client.getContactGroup(page))).toEqual(["interactive 60000"]);
  expect(await lanes(client.getContactGroup(page, { lane: "bulk" }))).toEqual(["bulk Infinity"]);
  expect(await lanes(client.searchContactGroup(search(300)))).toEqual(["interactive 60000"]);
  expect(await lanes(client.searchContactGroup(search(301)))).toEqual(["bulk Infinity"]);
  expect(await lanes(client.searchContactGroup(search(301), { lane: "interactive" }))).toEqual(["interactive 60000"]);
  expect(await lanes(client.iterateContactGroup({ From_Account: "user15" }).toArray())).toEqual(["bulk Infinity"]);
  const impatient = clientOf(respondWith(okBody), { rateLimit, maxQueueMs: 5 });
  expect(await lanes(impatient.getContactGroup(page, { lane: "bulk" }))).toEqual(["bulk 5"]);
});

test("an interactive call is not behind 150 bulk calls at 20 per second", async () => {
  const clock = createVirtualClock();
  const { fetch, requests } = recorder();
  const client = clientOf(fetch, { clock, rateLimit: { calls: 20, seconds: 1 } });
  const bulk = Promise.all(Array.from({ length: 150 }, () => client.getContactGroup(page, { lane: "bulk" })));
  await clock.pass(500);
  const begin = clock.now();
  await clock.until(client.getContactGroup(page, { deadlineMs: 1000 }));
  expect(clock.now() - begin).toBeLessThan(1000);
  await clock.until(bulk);
  expect(requests).toHaveLength(151);
});

test("rejects with a QueueError when maxQueueMs has passed, sends nothing, and does not retry", async () => {
  const clock = createVirtualClock();
  const { fetch, requests } = recorder();
  const client = clientOf(fetch, { clock, rateLimit: { calls: 1, seconds: 1 }, maxQueueMs: 300 });
  await clock.until(client.getContactGroup(page));
  expect(await clock.until(rejection(client.getContactGroup(page)))).toMatchObject({
    kind: "queue",
    attempts: 0,
    retryable: true,
    limit: "maxQueueMs",
    message: "getContactGroup waited 300 ms for the rate limit (maxQueueMs). Send fewer calls at a time",
  });
  expect([requests.length, clock.now()]).toEqual([1, 300]);
});

test("a call that a pause of the service would outlast says so, and does not claim to have waited", async () => {
  const clock = createVirtualClock();
  const busy = () => Promise.resolve(new Response("", { status: 503, headers: { "retry-after": "60" } }));
  const client = clientOf(busy, { clock, retry: false });
  await clock.until(rejection(client.getContactGroup(page)));
  expect(await clock.until(rejection(client.getContactGroup(page, { maxQueueMs: 700 })))).toMatchObject({
    message:
      "getContactGroup was not queued for the rate limit: its turn is in 60000 ms or later (maxQueueMs: 700). Send fewer calls at a time",
  });
  expect(clock.now()).toBe(0);
});

test("throttling uses neither the attempts nor the budget of a call", async () => {
  const clock = createVirtualClock();
  const throttled = failed(errorCodes.CallRateExceeded);
  const fetch = respondInTurn(throttled, throttled, throttled, throttled, okBody);
  const client = clientOf(fetch, { clock, retry: { maxAttempts: 1, budget: { capacity: 0 } } });
  expect(await clock.until(client.getContactGroup(page))).toEqual(okBody);
  expect(fetch.count()).toBe(5);
  const lost = () => Promise.reject(new Error("reset"));
  const twice = clientOf(respondInTurn(throttled, lost, okBody), { clock, retry: { maxAttempts: 2 } });
  expect(await clock.until(twice.getContactGroup(page))).toEqual(okBody);
});

test("the deadline ends a call that is throttled every time", async () => {
  const clock = createVirtualClock();
  const client = clientOf(respondWith(failed(errorCodes.CallRateExceeded)), { clock });
  const error = await clock.until(rejection(client.getContactGroup(page, { deadlineMs: 5000 })));
  expect(["ThrottleError", "TimeoutError"]).toContain((error as Error).name);
  expect(clock.now()).toBeLessThanOrEqual(5000);
});

test("an attempt event has the time that the attempt waited", async () => {
  const clock = createVirtualClock();
  const events: AttemptEvent[] = [];
  const onAttempt = (event: AttemptEvent): void => void events.push(event);
  const client = clientOf(respondWith(okBody), { clock, rateLimit: { calls: 1, seconds: 1 }, onAttempt });
  await clock.until(Promise.all([client.getContactGroup(page), client.getContactGroup(page)]));
  expect(events.map(({ waitedMs }) => waitedMs)).toEqual([0, 1001]);
});

test("a UserSig that expires in the queue is renewed, and the request takes a new permit", async () => {
  const clock = createVirtualClock();
  const outcomes: PermitOutcome[] = [];
  const again: boolean[] = [];
  const rateLimit: RateLimiter = {
    async acquire(request) {
      again.push(request.again);
      await clock.sleep(request.again ? 0 : 5000);
      return { done: (outcome) => void outcomes.push(outcome) };
    },
  };
  let signed = 0;
  const userSig = () => ({ userSig: `usersig-${++signed}`, expiresAt: clock.now() + 3000 });
  const { fetch, requests } = recorder();
  await clock.until(clientOf(fetch, { clock, rateLimit, userSig }).getContactGroup(page));
  expect(again).toEqual([false, true]);
  expect(outcomes).toMatchObject([{ sent: false }, { sent: true }]);
  expect(requests[0]?.url).toContain("usersig-2");
});

test("an abort ends a call whose limiter ignores the signal, and the permit that comes then is given back", async () => {
  const outcomes: PermitOutcome[] = [];
  let grant: (permit: Permit) => void = () => undefined;
  const permit = new Promise<Permit>((resolve) => (grant = resolve));
  const { fetch, requests } = recorder();
  const client = clientOf(fetch, { rateLimit: { acquire: () => permit } });
  const controller = new AbortController();
  const call = rejection(client.getContactGroup(page, { signal: controller.signal }));
  controller.abort("stop");
  expect(await call).toBe("stop");
  grant({ done: (outcome) => void outcomes.push(outcome) });
  await permit;
  await Promise.resolve();
  expect(outcomes).toMatchObject([{ sent: false }]);
  expect(requests).toHaveLength(0);
});

test("a permit is done once, also where its limiter throws then", async () => {
  const outcomes: PermitOutcome[] = [];
  const done = (outcome: PermitOutcome): void => {
    outcomes.push(outcome);
    throw new Error("the lock is gone");
  };
  const client = clientOf(respondWith(okBody), { rateLimit: { acquire: () => ({ done }) } });
  expect(await rejection(client.getContactGroup(page))).toMatchObject({ message: "the lock is gone" });
  expect(outcomes).toEqual([{ sent: true, throttled: false, succeeded: true }]);
});

test.each([0, 1, 2, 3, 4, 5])(
  "a retry that is aborted %d promises after its permit was granted gives it back",
  async (turns) => {
    const clock = createVirtualClock();
    let held = 0;
    let grant: (() => void) | undefined;
    const rateLimit: RateLimiter = {
      acquire: ({ again }) =>
        new Promise((resolve) => {
          grant = () => {
            held++;
            resolve({ done: () => void held-- });
          };
          if (!again) grant();
        }),
    };
    const controller = new AbortController();
    const client = clientOf(respondWith(failed(errorCodes.CallRateExceeded)), { clock, rateLimit });
    const call = rejection(client.getContactGroup(page, { signal: controller.signal }));
    await clock.pass(10_000);
    expect(held).toBe(0);
    grant?.();
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    controller.abort(new Error("the user went away"));
    expect(await call).toMatchObject({ message: "the user went away" });
    expect(held).toBe(0);
  },
);

test("a call that is aborted as it gets its permit is not sent, and the permit is free again", async () => {
  const outcomes: PermitOutcome[] = [];
  const controller = new AbortController();
  const rateLimit: RateLimiter = {
    async acquire() {
      controller.abort(new Error("too late"));
      return { done: (outcome) => void outcomes.push(outcome) };
    },
  };
  const { fetch, requests } = recorder();
  const call = clientOf(fetch, { rateLimit }).getContactGroup(page, { signal: controller.signal });
  expect(await rejection(call)).toBe(controller.signal.reason);
  expect(requests).toEqual([]);
  expect(outcomes).toMatchObject([{ sent: false }]);
});

test.each([
  [{ lane: "fast" as "bulk" }, 'lane must be "interactive" or "bulk", but is a string'],
  [{ maxQueueMs: -1 }, "maxQueueMs must be a number of milliseconds from 1 to 2147483647, but is -1"],
])("rejects a call with %o", async (init, message) => {
  expect(await rejection(clientOf(respondWith(okBody)).getContactGroup(page, init))).toHaveProperty("message", message);
});

test("a part of a bulk job waits as long as Retry-After asks, also beyond its deadline", async () => {
  const clock = createVirtualClock();
  const throttled = () =>
    Promise.resolve(
      Response.json(
        { ActionStatus: "FAIL", ErrorCode: errorCodes.CallRateExceeded },
        { headers: { "retry-after": "45" } },
      ),
    );
  const fetch = respondInTurn(throttled, okBody);
  const call = clientOf(fetch, { clock }).getContactGroup(page, { lane: "bulk", deadlineMs: 10_000 });
  expect(await clock.until(call)).toEqual(okBody);
});
