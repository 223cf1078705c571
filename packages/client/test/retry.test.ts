import { expect, test } from "vitest";
import { type ContactGroupsError, HttpError, NetworkError, ProtocolError, TimeoutError } from "../src/errors.ts";
import { toApiError } from "../src/response.ts";
import { type ErrorEntry, errors, operations } from "@contact-groups/openapi/model";
import { createRetryPolicy, type RetryFailure, type RetryOptions } from "../src/retry.ts";
import { InvalidArgumentError } from "../src/index.ts";
import { createManualClock } from "./manual-clock.ts";

const entries: readonly ErrorEntry[] = Object.values(errors);
const adviceOf = (...advice: readonly string[]) => entries.filter(({ retry }) => advice.includes(retry));
const apiError = (code: number) => toApiError("getContactGroup", code, "", undefined, undefined, true);
const backoffError = apiError(adviceOf("backoff")[0]!.code);

function decide(
  error: ContactGroupsError,
  failure: Partial<RetryFailure> = {},
  options: RetryOptions = {},
  random = 0.5,
) {
  const policy = createRetryPolicy(options, () => random, createManualClock());
  const operation = "getContactGroup";
  return policy.decide({ error, operation, attempt: 1, idempotent: true, surelyNotRun: false, ...failure });
}

const read = {};
const create: Partial<RetryFailure> = { operation: "createContactGroup", idempotent: false };

test("the description says which operations are safe to retry", () => {
  for (const { effect } of Object.values(operations)) expect(["read", "create", "change", "delete"]).toContain(effect);
});

test.each(adviceOf("backoff", "throttle"))("a read is retried after $code $name", ({ code }) => {
  expect(decide(apiError(code), read)).toBeDefined();
});

test.each(adviceOf("never"))("nothing is retried after $code $name", ({ code }) => {
  expect(decide(apiError(code), read)).toBeUndefined();
  expect(decide(apiError(code), { ...create, surelyNotRun: true })).toBeUndefined();
});

test("nothing is retried after a code that the catalogue does not know", () => {
  expect(decide(apiError(99_999), { surelyNotRun: true })).toBeUndefined();
});

test.each<[string, ContactGroupsError]>([
  ["a lost connection", new NetworkError("getContactGroup", new Error("reset"))],
  ["a time-out", new TimeoutError("getContactGroup", "timeoutMs", 5000)],
  ["HTTP 500", new HttpError("getContactGroup", 500)],
  ["HTTP 503", new HttpError("getContactGroup", 503)],
  ["HTTP 429", new HttpError("getContactGroup", 429)],
])("a read is retried after %s, a create is not", (_, error) => {
  expect(decide(error, read)).toBeDefined();
  expect(decide(error, create)).toBeUndefined();
});

test.each<[string, ContactGroupsError]>([
  ["HTTP 404", new HttpError("getContactGroup", 404)],
  ["a response that is not the service's", new ProtocolError("getContactGroup", "its body is not JSON")],
  ["an invalid argument", new InvalidArgumentError("/From_Account", "a string", "3")],
])("nothing is retried after %s", (_, error) => {
  expect(decide(error, { surelyNotRun: true })).toBeUndefined();
});

test("a create is retried where it certainly did not run", () => {
  const refused = new NetworkError("createContactGroup", new Error("refused"));
  expect(decide(refused, { ...create, surelyNotRun: true })).toBeDefined();
});

test.each(adviceOf("throttle"))(
  "a create is retried after $code $name, which means that the call did not run",
  ({ code }) => {
    expect(decide(apiError(code), { ...create, throttled: true })).toBeDefined();
  },
);

test("throttled attempts count neither for maxAttempts nor for the budget", () => {
  const throttled = apiError(adviceOf("throttle")[0]!.code);
  const none = { maxAttempts: 1, budget: { capacity: 0 } };
  expect(decide(throttled, { attempt: 50, throttled: true }, none)).toEqual({ delayMs: 4000 });
  expect(decide(backoffError, {}, none)).toBeUndefined();
});

test("a limiter decides when the first retry of a throttled call is sent, and later ones wait in addition", () => {
  const throttled = apiError(adviceOf("throttle")[0]!.code);
  const delays = [1, 2, 3].map((attempt) => decide(throttled, { attempt, throttled: true, limited: true })?.delayMs);
  expect(delays).toEqual([0, 250, 500]);
  expect(decide(throttled, { throttled: true, limited: true, retryAfterMs: 7000 })?.delayMs).toBe(7000);
});

test.each(adviceOf("backoff"))("a create is not retried after $code $name: it may have run", ({ code }) => {
  expect(decide(apiError(code), create)).toBeUndefined();
});

test.each(adviceOf("refresh-usersig"))(
  "after $code $name any call is retried at once with a new UserSig",
  ({ code }) => {
    for (const failure of [read, create]) expect(decide(apiError(code), failure)).toEqual({ delayMs: 0 });
  },
);

test("nothing is retried after a rejected UserSig that cannot be renewed", () => {
  const { code } = adviceOf("refresh-usersig")[0]!;
  const error = toApiError("getContactGroup", code, "", undefined, undefined, false);
  expect([error.retryable, decide(error)]).toEqual([false, undefined]);
});

test.each([
  [1, 250],
  [2, 500],
  [3, 1000],
  [5, 4000],
  [6, 4000],
  [99, 4000],
])(
  "the longest wait doubles with each attempt up to a limit: half of it after attempt %d is %d ms",
  (attempt, delayMs) => {
    const options = { maxAttempts: 100, budget: false } as const;
    expect(decide(backoffError, { attempt }, options)).toEqual({ delayMs });
  },
);

test.each([
  [0, 0],
  [0.25, 25],
  [0.999, 99],
])("the wait is a random part of the longest wait: %d of 100 ms is %d ms", (random, delayMs) => {
  expect(decide(backoffError, {}, { baseDelayMs: 100 }, random)).toEqual({ delayMs });
});

test("baseDelayMs and maxDelayMs set the waits", () => {
  const options = { maxAttempts: 9, baseDelayMs: 100, maxDelayMs: 300 };
  const delays = [1, 2, 3].map((attempt) => decide(backoffError, { attempt }, options)?.delayMs);
  expect(delays).toEqual([50, 100, 150]);
});

test("waits for Retry-After, with a random time in addition", () => {
  expect(decide(backoffError, { retryAfterMs: 7000 }, {}, 0)?.delayMs).toBe(7000);
  expect(decide(backoffError, { retryAfterMs: 7000 }, {}, 0.5)?.delayMs).toBe(7250);
});

test("waits for the time that the catalogue has for a code", () => {
  const locked = entries.map(({ code }) => apiError(code)).filter(({ retryAfterMs }) => retryAfterMs !== undefined);
  expect(locked).not.toEqual([]);
  for (const error of locked) {
    expect(decide(error, {}, {}, 0)?.delayMs).toBe(error.retryAfterMs);
    expect(decide(error, { retryAfterMs: 1e6 }, {}, 0)?.delayMs).toBe(1e6);
  }
});

test.each([
  [{}, 3],
  [{ maxAttempts: 1 }, 1],
  [{ maxAttempts: 5 }, 5],
])("with the options %o a call has %d attempts", (options, attempts) => {
  expect(decide(backoffError, { attempt: attempts }, options)).toBeUndefined();
  if (attempts > 1) expect(decide(backoffError, { attempt: attempts - 1 }, options)).toBeDefined();
});

test.each<[string, object]>([
  ["maxAttempts", { maxAttempts: 0 }],
  ["maxAttempts", { maxAttempts: Number.NaN }],
  ["maxAttempts", { maxAttempts: "3" }],
  ["baseDelayMs", { baseDelayMs: -1 }],
  ["baseDelayMs", { baseDelayMs: null }],
  ["maxDelayMs", { maxDelayMs: Infinity }],
  ["retryUnsafe", { retryUnsafe: "yes" }],
  ["budget.capacity", { budget: { capacity: -1 } }],
  ["budget.perSuccess", { budget: { perSuccess: 1.1 } }],
  ["budget.perSecond", { budget: { perSecond: Infinity } }],
])("rejects a %s out of its range: %o", (option, options) => {
  const make = () => createRetryPolicy(options, () => 0, createManualClock());
  expect(make).toThrow(InvalidArgumentError);
  expect(make).toThrow(`retry.${option} must be`);
});
