import { errorCodes, operations } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { emulate, now } from "../call.ts";
import { connect } from "./connect.ts";
import { createSharedClock } from "./shared-clock.ts";

const { calls: limit, seconds } = operations.getContactGroup.rate;
const page = { From_Account: "ann", StartIndex: 0 };

/** Sends a number of calls at once; returns the codes of the responses, and the milliseconds that it took on the clock. */
async function makeCalls(
  count: number,
  options: Parameters<typeof connect>[1],
): Promise<{ codes: number[]; took: number }> {
  // Not at the edge of a second, where a burst would be counted in two spans.
  const clock = createSharedClock(now + 700);
  const emulator = emulate({}, { now: clock.now, callsKept: 10_000 });
  const client = connect(emulator, { clock, deadlineMs: 120_000, timeoutMs: 60_000, ...options });
  await clock.until(Promise.all(Array.from({ length: count }, () => client.getContactGroup(page))));
  return { codes: emulator.calls.map(({ code }) => code ?? -1), took: clock.now() - now - 700 };
}

test("the client's limiter keeps 1,000 calls within the rate limit", async () => {
  const { codes, took } = await makeCalls(1000, {});
  expect(codes).toEqual(Array.from({ length: 1000 }, () => 0));
  expect(took).toBeGreaterThanOrEqual((1000 / limit - 1) * seconds * 1000);
});

test("a client without its limiter exceeds the rate limit, waits, and gets all responses in the end", async () => {
  const { codes } = await makeCalls(limit + 50, { rateLimit: false, retry: { maxAttempts: 10, budget: false } });
  const rejected = codes.filter((code) => code === errorCodes.CallRateExceeded).length;
  expect(rejected).toBeGreaterThanOrEqual(50);
  expect(codes).toHaveLength(limit + 50 + rejected);
  expect(codes.filter((code) => code === 0)).toHaveLength(limit + 50);
});
