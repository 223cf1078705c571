import type { Clock } from "@contact-groups/core/clock";

export interface VirtualClock extends Clock {
  monotonic(): number;
  /** Resolves after `ms` milliseconds. */
  sleep(ms: number): Promise<void>;
  /** Lets time pass, timer by timer, until the promise is settled. */
  until<Result>(promise: Promise<Result>): Promise<Result>;
  /** Lets `ms` milliseconds pass. */
  pass(ms: number): Promise<void>;
  /** Number of functions that wait for their time. */
  pending(): number;
}

/**
 * A clock for thousands of timers. It goes on as soon as no promise has anything left to do, so nothing may be read from a socket meanwhile.
 *
 * @param turns Turns of the queue of promises between two timers.
 */
export function createVirtualClock(turns: number = 12): VirtualClock {
  let now = 0;
  /** In the order of their time; what is due at the same time in the order of its creation. */
  const timers: { readonly at: number; readonly run: () => void; canceled: boolean }[] = [];
  let count = 0;

  function after(ms: number, run: () => void): () => void {
    const timer = { at: now + Math.max(0, ms), run, canceled: false };
    let low = 0;
    for (let high = timers.length; low < high;) {
      const middle = (low + high) >> 1;
      if (timers[middle]!.at <= timer.at) low = middle + 1;
      else high = middle;
    }
    timers.splice(low, 0, timer);
    count++;
    return () => {
      if (timer.canceled) return;
      timer.canceled = true;
      count--;
    };
  }

  async function runTimers(isOver: () => boolean): Promise<void> {
    for (;;) {
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      if (isOver()) return;
      const timer = timers.shift();
      if (!timer) throw new Error("everything waits, and nothing has a timer");
      if (timer.canceled) continue;
      timer.canceled = true;
      count--;
      now = timer.at;
      timer.run();
    }
  }

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      after(ms, resolve);
    });
  async function until<Result>(promise: Promise<Result>): Promise<Result> {
    let isSettled = false;
    const settle = (): void => void (isSettled = true);
    promise.then(settle, settle);
    await runTimers(() => isSettled);
    return promise;
  }

  return {
    now: () => now,
    monotonic: () => now,
    after,
    sleep,
    until,
    pass: (ms) => until(sleep(ms)),
    pending: () => count,
  };
}
