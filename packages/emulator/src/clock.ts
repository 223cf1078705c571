import type { Clock } from "@contact-groups/core/clock";
import { settle, type Report } from "./report.ts";

/** The emulator's time, in milliseconds since the epoch. It is always from 0 to the end of the year 9999. */
export interface EmulatorClock extends Pick<Clock, "now"> {
  /** Whether it stands still. */
  readonly isFrozen: boolean;
  /**
   * Stops, at this time or where it is.
   *
   * @throws A `RangeError` for a time that is not from 0 to 253402300799999.
   */
  freeze(at?: number): void;
  /**
   * Jumps to this time and goes on from there, or stays there when it is frozen.
   *
   * @throws A `RangeError` for a time that is not from 0 to 253402300799999.
   */
  set(at: number): void;
  /**
   * Jumps ahead, or back when it is negative.
   *
   * @throws A `RangeError` when that leads to a time that is not from 0 to 253402300799999.
   */
  advance(milliseconds: number): void;
  /** Goes on after a freeze. */
  run(): void;
  /** Shows the source's time again. */
  reset(): void;
}

/** 9999-12-31T23:59:59.999Z: the last time that the `Date` of HTTP can show, and RFC 3339. A clock that runs on stays there. */
export const latestTime: number = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Creates a clock that runs as its source does until it is set.
 *
 * @param source Gives milliseconds since the epoch. When it fails later on, that is reported once, and its last time holds until it works
 * again.
 * @throws A `RangeError` when the source gives something else now.
 */
export function createClock(source: () => number, report: Report): EmulatorClock {
  const ask = (): number => {
    const time = source();
    if (isTime(time)) return time;
    // A promise is reported as such, and its rejection ends nothing.
    settle(time, () => {});
    throw new RangeError(`now must return milliseconds since the epoch, but returned ${String(time)}.`);
  };
  let last = ask();
  let hasFailed = false;
  const read = (): number => {
    try {
      last = ask();
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
