import { expect, test } from "vitest";
import { NetworkError } from "../src/errors.ts";
import { toApiError } from "../src/response.ts";
import { errors } from "@contact-groups/openapi/model";
import { createRetryBudget, createRetryPolicy, type RetryOptions, type RetryPolicy } from "../src/retry.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";

const lost = new NetworkError("getContactGroup", new Error("reset"));
const rest = { operation: "getContactGroup", idempotent: true, surelyNotRun: false } as const;

function setUp(options: RetryOptions = {}): { policy: RetryPolicy; clock: ManualClock } {
  const clock = createManualClock();
  return { policy: createRetryPolicy({ maxAttempts: 5, ...options }, () => 0.5, clock), clock };
}

/** Returns how often a number of calls are sent that fail every time. */
function sent(policy: RetryPolicy, calls: number): number {
  let count = 0;
  for (let call = 0; call < calls; call++) {
    let attempt = 1;
    while (policy.decide({ ...rest, error: lost, attempt })) attempt++;
    count += attempt;
  }
  return count;
}

/** How many retries are left. */
function drain(take: () => boolean): number {
  let count = 0;
  while (take()) count++;
  return count;
}

test("1,000 calls that all fail are sent 1,100 times, and 1,000 more add none", () => {
  const { policy } = setUp();
  expect(sent(policy, 1000)).toBe(1100);
  expect(sent(policy, 1000)).toBe(1000);
});

test("successes pay for one retry in ten calls", () => {
  const { policy } = setUp();
  sent(policy, 1000);
  for (let call = 0; call < 105; call++) policy.succeeded();
  expect(sent(policy, 1000)).toBe(1010);
});

test("time pays for one retry in ten seconds", async () => {
  const { policy, clock } = setUp();
  sent(policy, 1000);
  await clock.advance(60_000);
  expect(sent(policy, 1000)).toBe(1006);
});

test("the budget never exceeds its capacity", async () => {
  const clock = createManualClock();
  const budget = createRetryBudget({ capacity: 3 }, clock);
  for (let call = 0; call < 1000; call++) budget.succeeded();
  await clock.advance(3_600_000);
  expect(drain(budget.take)).toBe(3);
});

test("its three options can be set", async () => {
  const clock = createManualClock();
  const budget = createRetryBudget({ capacity: 20, perSuccess: 1, perSecond: 2 }, clock);
  expect(drain(budget.take)).toBe(20);
  for (let call = 0; call < 4; call++) budget.succeeded();
  await clock.advance(3000);
  expect(drain(budget.take)).toBe(4 + 6);
});

test("a clock set back takes no retry away", () => {
  let now = 1e6;
  const budget = createRetryBudget({ capacity: 2 }, { now: () => now, after: () => () => {} });
  now = 0;
  expect(drain(budget.take)).toBe(2);
  now = 10_000;
  expect(drain(budget.take)).toBe(1);
});

test("a renewed UserSig costs nothing", () => {
  const { policy } = setUp({ budget: { capacity: 0 } });
  const { code } = Object.values(errors).find(({ retry }) => retry === "refresh-usersig")!;
  const error = toApiError("getContactGroup", code, "", undefined, undefined, true);
  for (let call = 0; call < 10; call++) expect(policy.decide({ ...rest, error, attempt: 1 })).toBeDefined();
  expect(policy.decide({ ...rest, error: lost, attempt: 1 })).toBeUndefined();
});

test("a call that is not allowed to be retried costs nothing", () => {
  const { policy } = setUp({ budget: { capacity: 1, perSecond: 0 } });
  for (let call = 0; call < 10; call++) policy.decide({ ...rest, idempotent: false, error: lost, attempt: 1 });
  for (let call = 0; call < 10; call++) policy.decide({ ...rest, error: lost, attempt: 5 });
  expect(policy.decide({ ...rest, error: lost, attempt: 1 })).toBeDefined();
});

test("there is no limit without a budget", () => {
  const { policy } = setUp({ budget: false });
  policy.succeeded();
  expect(sent(policy, 1000)).toBe(5000);
});
