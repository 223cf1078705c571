import type { Clock } from "@contact-groups/core/clock";
import { settle, type ReportFailure } from "./callbacks.ts";

/** The emulator's time, in milliseconds since the epoch. It is always from 0 to the end of the year 9999. */
export interface EmulatorClock extends Pick<Clock, "now"> {
  /** Whether it is frozen. */
  readonly isFrozen: boolean;
  /**
   * Stops the clock, at this time or at the current one.
   *
   * @throws A `RangeError` for a time that is not from 0 to 253402300799999.
   */
  freeze(at?: number): void;
  /**
   * Jumps to this time, from which the clock runs on unless it is frozen.
   *
   * @throws A `RangeError` for a time that is not from 0 to 253402300799999.
   */
  set(at: number): void;
  /**
   * Jumps ahead, or back when the number is negative.
   *
   * @throws A `RangeError` when that leads to a time that is not from 0 to 253402300799999.
   */
  advance(milliseconds: number): void;
  /** Lets the clock run on after `freeze`. */
  run(): void;
  /** Shows the time of the option `now` again. */
  reset(): void;
}

/** 9999-12-31T23:59:59.999Z: the last time that HTTP's `Date` and RFC 3339 can show. A clock that runs on stays there. */
export const latestTime: number = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Creates a clock that shows the time of its source until it is set.
 *
 * @param source Returns milliseconds since the epoch. When it fails later on, that is reported once, and its last time is used until it
 * works again.
 * @throws A `RangeError` when the source returns something else at the beginning.
 */
export function createClock(source: () => number, report: ReportFailure): EmulatorClock {
  const check = (): number => {
    const time = source();
    if (isTime(time)) return time;
    // A promise is reported as a wrong value; its rejection must not end the process.
    settle(time, () => {});
    throw new RangeError(`now must return milliseconds since the epoch, but returned ${String(time)}.`);
  };
  let last = check();
  let hasFailed = false;
  const read = (): number => {
    try {
      last = check();
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) report("now", error);
      hasFailed = true;
    }
    return last;
  };
  let offset = 0;
  let frozen: number | undefined;
  const now = (): number => frozen ?? Math.min(Math.max(read() + offset, 0), latestTime);
  const set = (at: number): void => {
    checkTime(at);
    if (frozen === undefined) offset = at - read();
    else frozen = at;
  };

  return {
    now,
    get isFrozen() {
      return frozen !== undefined;
    },
    freeze(at = now()) {
      checkTime(at);
      frozen = at;
    },
    set,
    advance: (milliseconds) => set(now() + milliseconds),
    run() {
      if (frozen === undefined) return;
      offset = frozen - read();
      frozen = undefined;
    },
    reset() {
      offset = 0;
      frozen = undefined;
    },
  };
}

function checkTime(at: number): void {
  if (isTime(at)) return;
  throw new RangeError(
    `A time of the clock must be from 0 to ${latestTime} milliseconds since the epoch, but is ${at}.`,
  );
}

function isTime(at: unknown): at is number {
  return typeof at === "number" && at >= 0 && at <= latestTime;
}

/** Writes a time as text, such as `2026-04-03T12:30:00.000Z`. A time beyond all dates is written in milliseconds. */
export function timeText(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? `${milliseconds} ms` : date.toISOString();
}
