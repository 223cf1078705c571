/** What every `RateLimiter` does, whatever it is made of. */
import { describe, expect, test } from "vitest";
import { QueueError, type Permit, type PermitOutcome, type PermitRequest, type RateLimiter } from "../src/index.ts";
import { rejection } from "./respond.ts";
import { mostWithin } from "./starts.ts";

/** A rate limiter that nothing has used yet, and the time that it runs in. */
export interface LimiterUnderTest {
  readonly limiter: RateLimiter;
  /** Returns the time in milliseconds. */
  now(): number;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  /** Ends what the limiter uses, such as a connection. */
  close?(): Promise<void>;
}

const rate = { calls: 20, seconds: 0.4 };
const windowMs = rate.seconds * 1000;
/** A request of an interactive call. */
export const request: PermitRequest = {
  sdkAppId: 1400000000,
  host: "http://service.test",
  operation: "getContactGroup",
  rate,
  lane: "interactive",
  again: false,
  maxQueueMs: Infinity,
};
const accepted: PermitOutcome = { sent: true, throttled: false, succeeded: true };

/**
 * Tests a rate limiter.
 *
 * @param jitterMs Time that can pass between a decision of the limiter and its effect in this process, in milliseconds.
 */
export function testRateLimiter(
  name: string,
  create: () => LimiterUnderTest | Promise<LimiterUnderTest>,
  jitterMs = 0,
): void {
  /** Runs a test with a limiter of its own. */
  function check(title: string, run: (subject: LimiterUnderTest) => Promise<void>): void {
    // oxlint-disable-next-line vitest/valid-title, vitest/expect-expect -- both are given below
    test(title, async () => {
      const subject = await create();
      try {
        await run(subject);
      } finally {
        await subject.close?.();
      }
    });
  }

  async function passUntil({ pass, now }: LimiterUnderTest, isOver: () => boolean): Promise<void> {
    for (const end = now() + 20_000; !isOver(); await pass(5))
      if (now() > end) throw new Error("the requests got no permits within 20 seconds");
  }

  /** Asks for permits, and sends each request as soon as it has one. The list grows with the times at which they are sent. */
  function ask(
    { limiter, now }: LimiterUnderTest,
    count: number,
    change: Partial<PermitRequest> = {},
    end = (permit: Permit): void => permit.done(accepted),
  ): number[] {
    const times: number[] = [];
    const use = (permit: Permit): void => {
      times.push(now());
      end(permit);
    };
    for (let index = 0; index < count; index++) {
      const permit = limiter.acquire({ ...request, ...change });
      if ("done" in permit) use(permit);
      else permit.then(use, () => undefined);
    }
    return times;
  }

  /** Sends as many requests as the rate allows, and returns when they were sent. */
  async function send(
    subject: LimiterUnderTest,
    count: number,
    ...rest: [Partial<PermitRequest>?, ((permit: Permit) => void)?]
  ): Promise<number[]> {
    const times = ask(subject, count, ...rest);
    await passUntil(subject, () => times.length === count);
    return times;
  }

  // oxlint-disable-next-line vitest/valid-title -- the caller gives it
  describe(name, () => {
    check("never permits more requests in any time than the rate allows", async (subject) => {
      const times = await send(subject, 4 * rate.calls);
      expect(mostWithin(times, windowMs - jitterMs)).toBeLessThanOrEqual(rate.calls);
    });

    check("spreads requests over the time, and uses most of the rate", async (subject) => {
      const begin = subject.now();
      const times = await send(subject, 4 * rate.calls);
      const within = (ms: number): number => times.filter((time) => time - begin <= ms).length;
      expect(within(windowMs / 4)).toBeLessThanOrEqual(0.6 * rate.calls);
      expect(times.at(-1)! - begin).toBeLessThan((4 * windowMs) / 0.8 + rate.calls * jitterMs);
    });

    check("counts each app, host and operation for itself", async (subject) => {
      await send(subject, rate.calls);
      const others = [{ sdkAppId: 1400000001 }, { host: "http://other.test" }, { operation: "searchContactGroup" }];
      const begin = subject.now();
      for (const other of others) await send(subject, 1, other);
      expect(subject.now() - begin).toBeLessThan(windowMs / 4 + 3 * jitterMs);
    });

    check("permits requests of a lane in the order of arrival", async (subject) => {
      const order: number[] = [];
      for (let index = 0; index < 2 * rate.calls; index++)
        ask(subject, 1, {}, (permit) => {
          order.push(index);
          permit.done(accepted);
        });
      await passUntil(subject, () => order.length === 2 * rate.calls);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    });

    check("permits an interactive request before the bulk requests that wait", async (subject) => {
      const bulk = ask(subject, 5 * rate.calls, { lane: "bulk" });
      await subject.pass(windowMs / 4);
      const begin = subject.now();
      await send(subject, 1);
      expect(subject.now() - begin).toBeLessThan(windowMs / 2);
      expect(bulk.length).toBeLessThan(2 * rate.calls);
    });

    check("permits some bulk requests however many interactive ones wait", async (subject) => {
      const interactive = ask(subject, 4 * rate.calls);
      const bulk = ask(subject, 2, { lane: "bulk" });
      await passUntil(subject, () => bulk.length === 2);
      expect(interactive.length).toBeLessThan(3 * rate.calls);
    });

    check("permits a request that had a permit before those that had none", async (subject) => {
      const fresh = ask(subject, 3 * rate.calls);
      await subject.pass(windowMs / 4);
      await send(subject, 1, { again: true });
      expect(fresh.length).toBeLessThan(2 * rate.calls);
    });

    check(
      "rejects a request that waits with the reason of its signal, and gives its place to the next",
      async (subject) => {
        ask(subject, rate.calls);
        const controller = new AbortController();
        const reason = new Error("the user went away");
        const gone = Promise.all(
          Array.from({ length: 3 * rate.calls }, () =>
            rejection(Promise.resolve(subject.limiter.acquire({ ...request, signal: controller.signal }))),
          ),
        );
        const last = ask(subject, 1);
        controller.abort(reason);
        expect(new Set(await gone)).toEqual(new Set([reason]));
        const begin = subject.now();
        await passUntil(subject, () => last.length === 1);
        expect(subject.now() - begin).toBeLessThan(2.5 * windowMs);
      },
    );

    check("rejects a request whose signal was aborted before", async (subject) => {
      const reason = new Error("too late");
      const permit = subject.limiter.acquire({ ...request, signal: AbortSignal.abort(reason) });
      expect(await rejection(Promise.resolve(permit))).toBe(reason);
    });

    check("rejects a request that waits longer than maxQueueMs with a QueueError", async (subject) => {
      ask(subject, 3 * rate.calls);
      const permits = Array.from({ length: 3 }, () =>
        rejection(Promise.resolve(subject.limiter.acquire({ ...request, again: true, maxQueueMs: 1 }))),
      );
      await subject.pass(50 + jitterMs);
      for (const error of await Promise.all(permits)) {
        expect(error).toBeInstanceOf(QueueError);
        expect(error).toMatchObject({
          operation: "getContactGroup",
          limit: "maxQueueMs",
          retryable: true,
        });
      }
    });

    check("has a permit that was not used free again", async (subject) => {
      await send(subject, 3 * rate.calls, {}, (permit) =>
        permit.done({ sent: false, throttled: false, succeeded: false }),
      );
      const begin = subject.now();
      await send(subject, rate.calls);
      expect(subject.now() - begin).toBeLessThan(1.5 * windowMs);
    });

    for (const throttled of [true, false])
      check(
        `has all requests wait for as long as a response asks${throttled ? " that rejects one" : ""}`,
        async (subject) => {
          await send(subject, 1, {}, (permit) =>
            permit.done({ sent: true, throttled, succeeded: false, retryAfterMs: 300 }),
          );
          const begin = subject.now();
          const times = await send(subject, 3);
          expect(times[0]! - begin).toBeGreaterThanOrEqual(300 - jitterMs);
        },
      );

    check("slows down when the service rejects requests because of their rate, and recovers", async (subject) => {
      let throttled = true;
      let rejections = 0;
      const end = (permit: Permit): void => {
        if (throttled) rejections++;
        permit.done({ sent: true, throttled, succeeded: !throttled });
      };
      const times = ask(subject, 10 * rate.calls, {}, end);
      await subject.pass(4 * windowMs);
      expect(times.length).toBe(rejections);
      expect(rejections).toBeLessThan(2 * rate.calls);
      throttled = false;
      await passUntil(subject, () => times.length === 10 * rate.calls);
    });
  });
}
