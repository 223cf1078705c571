import { expect, test } from "vitest";
import { createClient, type AttemptEvent, type Middleware, type MiddlewareCall } from "../src/index.ts";
import { operations } from "@contact-groups/openapi/model";
import { respondInTurn, clientOf, failed, okBody, recorder, rejection } from "./respond.ts";
import { createManualClock } from "./manual-clock.ts";

const page = { From_Account: "user15", StartIndex: 0 };

test("middlewares wrap a call, the first one outermost", async () => {
  const steps: string[] = [];
  const named =
    (name: string): Middleware =>
    async (call, next) => {
      steps.push(`${name} before`);
      const result = await next(call);
      steps.push(`${name} after`);
      return result;
    };
  await clientOf(recorder().fetch, { middleware: [named("a"), named("b")] }).getContactGroup(page);
  expect(steps).toEqual(["a before", "b before", "b after", "a after"]);
});

test("a middleware sees the call without credentials", async () => {
  const calls: MiddlewareCall[] = [];
  const watch: Middleware = (call, next) => (calls.push(call), next(call));
  const init = { headers: { Prefer: "example=A" } };
  await clientOf(recorder().fetch, { middleware: [watch] }).getContactGroup(page, init);
  expect(calls).toEqual([
    {
      operation: "getContactGroup",
      body: page,
      init,
      serverUrl: "http://service.test",
      path: operations.getContactGroup.path,
      status: expect.any(Function),
    },
  ]);
});

test("a middleware reads the rate in use and the retries that are left", async () => {
  const states: unknown[] = [];
  const watch: Middleware = async (call, next) => {
    const result = await next(call);
    states.push(call.status?.(call.operation), call.status?.("delContactGroup"));
    return result;
  };
  const { fetch } = recorder();
  const clock = createManualClock();
  await clientOf(fetch, { clock, middleware: [watch], rateLimit: { calls: 10, seconds: 1 } }).getContactGroup(page);
  expect(states).toEqual([
    { rate: { waiting: 0, callsPerSecond: 10 }, retriesLeft: 100 },
    { rate: undefined, retriesLeft: 100 },
  ]);
});

test("a middleware can change the call, and the changed request is checked", async () => {
  const { fetch, requests } = recorder();
  const from =
    (From_Account: string): Middleware =>
    (call, next) =>
      next({ ...call, body: { ...call.body, From_Account } });
  await clientOf(fetch, { middleware: [from("user16")] }).getContactGroup(page);
  expect(await requests[0]?.json()).toEqual({ ...page, From_Account: "user16" });
  const error = await rejection(clientOf(fetch, { middleware: [from("")] }).getContactGroup(page));
  expect(error).toMatchObject({ name: "InvalidArgumentError", pointer: "/From_Account" });
});

test("a middleware can return a result instead of the service", async () => {
  const { fetch, requests } = recorder();
  const own = { ...okBody, CompleteFlag: 1 };
  expect(await clientOf(fetch, { middleware: [async () => own] }).getContactGroup(page)).toBe(own);
  expect(requests).toEqual([]);
});

test("a middleware can call next again", async () => {
  const fetch = respondInTurn(failed(51007), okBody);
  const again: Middleware = (call, next) => next(call).catch(() => next(call));
  expect(await clientOf(fetch, { middleware: [again] }).getContactGroup(page)).toEqual(okBody);
  expect(fetch.count()).toBe(2);
});

test("the caller gets the error of a middleware unchanged", async () => {
  const own = new Error("not today");
  const middleware: Middleware[] = [
    () => {
      throw own;
    },
  ];
  expect(await rejection(clientOf(recorder().fetch, { middleware }).getContactGroup(page))).toBe(own);
});

test("a call with retries passes a middleware once, and reports each attempt to it", async () => {
  const clock = createManualClock();
  const reported: AttemptEvent[] = [];
  let calls = 0;
  const watch: Middleware = (call, next) => (
    calls++,
    next({ ...call, onAttempt: (event) => void reported.push(event) })
  );
  const all: AttemptEvent[] = [];
  const client = clientOf(respondInTurn(failed(60008), okBody), {
    clock,
    middleware: [watch],
    onAttempt: (event) => void all.push(event),
  });
  const call = client.getContactGroup(page);
  await clock.advance(10_000);
  await call;
  expect(calls).toBe(1);
  expect(reported).toMatchObject([
    { operation: "getContactGroup", attempt: 1, status: 200, error: { code: 60008 } },
    { operation: "getContactGroup", attempt: 2, status: 200, error: undefined },
  ]);
  expect(reported[0]?.startedAt).toBe(Date.UTC(2026, 0, 1));
  expect(all).toEqual(reported);
});

test("does not report an attempt that was never sent", async () => {
  const reported: AttemptEvent[] = [];
  const client = clientOf(recorder().fetch, {
    onAttempt: (event) => void reported.push(event),
    userSig: () => Promise.reject(new Error("no key")),
  });
  await rejection(client.getContactGroup(page));
  expect(reported).toEqual([]);
});

test("rejects a middleware that is not a function", () => {
  const options = { sdkAppId: 1, identifier: "a", userSig: "eJw", region: "china" } as const;
  expect(() => createClient({ ...options, middleware: [undefined as never] })).toThrow(
    "middleware/0 must be a function, but is null",
  );
});
