import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { createPace } from "../../src/verify/pace.ts";
import { strictEmulator, verifyOptions } from "./strict-emulator.ts";
import { verify } from "../../src/verify/verify.ts";

/** The most calls in any second. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length));
}

test.each([0.5, 1, 2.5, 7, 160])(
  "never lets more than %d calls per second pass, also when they come together",
  async (rate) => {
    let now = 5000;
    const pace = createPace(rate, {
      now: () => now,
      after(ms, run) {
        now += ms;
        run();
        return () => {};
      },
    });
    const times: number[] = [];
    const calls = Math.ceil(rate * 4) + 3;
    await Promise.all(Array.from({ length: calls }, () => pace.next().then(() => times.push(now))));
    expect(times).toHaveLength(calls);
    expect(mostInASecond(times)).toBeLessThanOrEqual(Math.max(1, Math.floor(rate)));
    expect(now - 5000).toBeLessThan(((calls + rate) / rate) * 1000 + 1000);
  },
);

test("is not exceeded when a timer is late", async () => {
  let now = 0;
  let late = 0;
  const pace = createPace(100, {
    now: () => now,
    after(ms, run) {
      now += ms + (++late % 7 === 0 ? 400 : 0);
      run();
      return () => {};
    },
  });
  const times: number[] = [];
  for (let call = 0; call < 500; call++) await pace.next().then(() => times.push(now));
  expect(mostInASecond(times)).toBeLessThanOrEqual(100);
});

test("a server gets no more calls in any second of a whole run, with preflight, retries and clean-up", async () => {
  const emulator = strictEmulator();
  const { url } = await emulator.listen();
  const options = verifyOptions(emulator);
  const { now } = options.clock!;
  const times: number[] = [];
  let calls = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    times.push(now());
    // Some calls are lost, so they are sent again.
    if (++calls % 40 === 0) return new Response("", { status: 503 });
    const response = await globalThis.fetch(input, init);
    await setImmediate();
    return response;
  };
  const report = await verify({
    ...options,
    baseUrl: url,
    fetch,
    burst: false,
    only: ["stateful", "request-checks"],
    callsPerSecond: 50,
  });
  await emulator.close();
  expect(report.totals).toMatchObject({ failed: 0, error: 1, notRun: 0 });
  expect(report.calls).toBe(times.length);
  expect(mostInASecond(times)).toBeLessThanOrEqual(50);
});
