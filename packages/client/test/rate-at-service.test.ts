import { expect, test } from "vitest";
import type { Client } from "../src/index.ts";
import { createMemoryRateLimiter } from "../src/memory-rate-limiter.ts";
import { createLimitedService, type LimitedServiceOptions } from "./limited-service.ts";
import { clientOf } from "./respond.ts";
import { mostWithin } from "./starts.ts";
import { createVirtualClock } from "./virtual-clock.ts";

const page = { From_Account: "user15", StartIndex: 0 };

/** Returns numbers from a lowest to a highest one, the same in each run. */
function between(low: number, high: number, seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return low + (state / 2_147_483_647) * (high - low);
  };
}

/** Sends a number of calls at once from each of some processes, and returns what became of them. */
async function run(processes: number, calls: number, options: Partial<LimitedServiceOptions> = {}) {
  const clock = createVirtualClock();
  const ways = { connectMs: between(50, 200), respondMs: between(5, 20) };
  const service = createLimitedService({ clock, quota: 200, counts: "any second", ...ways, ...options });
  const clients = Array.from({ length: processes }, (): Client =>
    clientOf(undefined as never, {
      clock,
      transport: service.transport(),
      rateLimit: createMemoryRateLimiter(clock),
    }),
  );
  const results = await clock.until(
    Promise.allSettled(
      clients.flatMap((client) => Array.from({ length: calls / processes }, () => client.getContactGroup(page))),
    ),
  );
  const failures = results.filter(({ status }) => status === "rejected").length;
  return { service, failures, ms: clock.now() };
}

test("1,000 calls over new connections are all accepted, never more than 200 in a second, in little more than 5 seconds", async () => {
  const { service, failures, ms } = await run(1, 1000);
  expect(failures).toBe(0);
  expect(service.rejected).toEqual([]);
  expect(mostWithin(service.accepted, 1000)).toBeLessThanOrEqual(200);
  expect(ms).toBeLessThan(5500);
});

test.each([
  [2, "any second"],
  [4, "any second"],
  [8, "any second"],
  [2, "each second"],
  [4, "each second"],
  [8, "each second"],
] as const)(
  "%d processes share a quota that is counted in %s: no call fails, and after 2 seconds fewer than 1 in 50 are rejected",
  async (processes, counts) => {
    const { service, failures, ms } = await run(processes, 2000, { counts });
    expect(failures).toBe(0);
    const late = (times: readonly number[]): number => times.filter((time) => time > 2000).length;
    expect(late(service.rejected) / late(service.accepted)).toBeLessThan(0.02);
    expect(ms).toBeLessThan(15_000);
  },
);

test("a process finds a quota that is lower than its rate, and a call is sent four times at most", async () => {
  const { service, failures, ms } = await run(1, 2000, { quota: 100 });
  expect(failures).toBe(0);
  expect(service.rejected.length).toBeLessThan(20);
  expect(ms).toBeLessThan(20_000 / 0.85);
});
