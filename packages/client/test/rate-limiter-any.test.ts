/** Any pattern of requests, at any distance from the service. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { PermitRequest, Rate } from "../src/index.ts";
import { createMemoryRateLimiter } from "../src/memory-rate-limiter.ts";
import { arrivalMs } from "../src/rate-window.ts";
import { mostWithin } from "./starts.ts";
import { createVirtualClock } from "./virtual-clock.ts";

const request: Omit<PermitRequest, "rate"> = {
  sdkAppId: 1400000000,
  host: "http://service.test",
  operation: "getContactGroup",
  lane: "interactive",
  again: false,
  maxQueueMs: Infinity,
};

/** A request: when it is made, how long it is on its way, and how long the service takes. */
interface Trip {
  readonly at: number;
  readonly wayMs: number;
  readonly respondMs: number;
}

/** Makes the requests. Returns the times at which they arrive at the service, in their order. */
async function arrivalsOf(rate: Rate, trips: readonly Trip[]): Promise<number[]> {
  const clock = createVirtualClock();
  const limiter = createMemoryRateLimiter(clock);
  const arrivals: number[] = [];
  const send = async ({ at, wayMs, respondMs }: Trip): Promise<void> => {
    await clock.sleep(at);
    const permit = await limiter.acquire({ ...request, rate });
    await clock.sleep(wayMs);
    arrivals.push(clock.now());
    await clock.sleep(respondMs);
    permit.done({ sent: true, throttled: false, succeeded: true });
  };
  await clock.until(Promise.all(trips.map(send)));
  return arrivals.toSorted((a, b) => a - b);
}

const trip = fc.record({
  at: fc.nat(3000),
  wayMs: fc.nat(arrivalMs),
  respondMs: fc.oneof(fc.nat(50), fc.nat(3000)),
});
const rates = fc.record({ calls: fc.integer({ min: 1, max: 50 }), seconds: fc.constantFrom(0.1, 1, 2) });

test("the service never gets more requests in any time than the rate allows", async () => {
  await fc.assert(
    fc.asyncProperty(rates, fc.array(trip, { maxLength: 200 }), async (rate, trips) => {
      const arrivals = await arrivalsOf(rate, trips);
      expect(arrivals).toHaveLength(trips.length);
      expect(mostWithin(arrivals, rate.seconds * 1000)).toBeLessThanOrEqual(rate.calls);
    }),
    { numRuns: 60 },
  );
});

test("at least 90 % of the rate is used while requests wait and responses take up to 50 ms", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 50, max: 400 }), fc.nat(25), fc.nat(25), async (calls, wayMs, respondMs) => {
      const trips = Array.from({ length: 5 * calls }, () => ({ at: 0, wayMs, respondMs }));
      const arrivals = await arrivalsOf({ calls, seconds: 1 }, trips);
      const seconds = (arrivals.at(-1)! - arrivals[0]!) / 1000;
      expect(arrivals.length / calls / seconds).toBeGreaterThanOrEqual(0.9);
    }),
    { numRuns: 20 },
  );
});
