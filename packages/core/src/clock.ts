import { onAbort } from "./abort.ts";

/** A source of time and timers. Tests use one that they set themselves. */
export interface Clock {
  /** Returns the time in milliseconds since the epoch. */
  now(): number;
  /**
   * Returns a time in milliseconds of which only differences have a meaning. It never goes back, and is not set when somebody sets the time.
   *
   * @default `now`
   */
  monotonic?(): number;
  /** Runs a function once, after `ms` milliseconds. Returns a function that cancels the timer. */
  after(ms: number, run: () => void): () => void;
}

/** The clock of the machine. It uses the global functions at each call, so the fake timers of a test runner apply. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Returns the time of a clock that durations, deadlines and windows are measured with, in milliseconds. */
export function monotonic(clock: Clock): number {
  return clock.monotonic ? clock.monotonic() : clock.now();
}

/** Resolves after `ms` milliseconds. Rejects with the signal's reason as soon as the signal is aborted. */
export function sleep(clock: Pick<Clock, "after">, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = onAbort(signal, () => {
      cancel();
      reject(signal?.reason);
    });
    const cancel = clock.after(ms, () => {
      stop();
      resolve();
    });
  });
}

/**
 * Creates a function that returns the time of a clock as the header `Date` writes it. If the clock throws or returns no time, that of the machine
 * is used, because a response must not fail because of it. Responses of one second share its text.
 */
export function createHttpDate({ now }: Pick<Clock, "now">): () => string {
  let second = Number.NaN;
  let text = "";
  return () => {
    const current = Math.floor(timeOf(now) / 1000);
    if (current !== second) {
      second = current;
      text = new Date(current * 1000).toUTCString();
    }
    return text;
  };
}

function timeOf(now: () => number): number {
  try {
    const time = now();
    if (!Number.isNaN(new Date(time).getTime())) return time;
  } catch {
    // As if it had returned no time.
  }
  return Date.now();
}
