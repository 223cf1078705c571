import { afterEach, expect, test, vi } from "vitest";
import { sleep, systemClock, type Clock } from "../src/clock.ts";
import { realClock } from "../src/real-clock.ts";

afterEach(() => void vi.useRealTimers());

test("fake timers of a test runner set the system clock and not the real one", () => {
  const before = realClock.now();
  vi.useFakeTimers({ now: 5000 });
  expect(systemClock.now()).toBe(5000);
  expect(realClock.now()).toBeGreaterThanOrEqual(before);
  const ran: string[] = [];
  systemClock.after(1000, () => ran.push("system"));
  const stop = realClock.after(1000, () => ran.push("real"));
  vi.advanceTimersByTime(1000);
  expect(ran).toEqual(["system"]);
  stop();
});

test.each([
  ["system", systemClock],
  ["real", realClock],
])("the %s clock runs a function in its time, unless it is cancelled", async (_, clock) => {
  const ran: string[] = [];
  clock.after(1, () => ran.push("taken back"))();
  await new Promise<void>((resolve) => void clock.after(2, resolve));
  expect(ran).toEqual([]);
});

test("sleep ends with the time or with the reason of its signal, whichever is first", async () => {
  const timers = new Map<() => void, number>();
  const clock: Pick<Clock, "after"> = {
    after(ms, run) {
      timers.set(run, ms);
      return () => timers.delete(run);
    },
  };
  const slept = sleep(clock, 700);
  expect([...timers.values()]).toEqual([700]);
  for (const run of timers.keys()) run();
  timers.clear();
  await slept;

  const gone = new AbortController();
  const left = sleep(clock, 700, gone.signal);
  gone.abort("enough");
  await expect(left).rejects.toBe("enough");
  expect(timers.size).toBe(0);
  await expect(sleep(clock, 700, gone.signal)).rejects.toBe("enough");
  expect(timers.size).toBe(0);
});

test("sleep ends at once with a clock on which no time passes", async () => {
  const slept = sleep({ after: (_, run) => (run(), () => {}) }, 700, new AbortController().signal);
  await expect(slept).resolves.toBeUndefined();
});
