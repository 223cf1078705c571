import type { Clock } from "@contact-groups/core/clock";

/** The service's time, as far as its answers tell it. */
export interface ServerClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Takes the `Date` header of an answer. */
  learn(date: string | null): void;
}

/** A `Date` is in whole seconds and as old as the answer took. Clocks that differ by less count as equal. */
export const toleranceMs = 10_000;
/** No answer is older than this package (2025-12-29) or from the next century (2099-12-03): such a `Date` is itself wrong. */
const earliest = 1.767e12;
const latest = 4.1e12;

/** Makes a clock that goes as the given one until an answer shows that it is wrong. */
export function createServerClock(clock: Clock): ServerClock {
  let lastDate: string | null;
  let skew = 0;

  return {
    now: () => clock.now() + skew,
    learn(date) {
      // Many answers of one second have the same date, and reading it is not free.
      if (date === lastDate) return;
      lastDate = date;
      const time = Date.parse(date ?? "");
      const measured = time - clock.now();
      if (time > earliest && time < latest && Math.abs(measured - skew) > toleranceMs) skew = measured;
    },
  };
}
