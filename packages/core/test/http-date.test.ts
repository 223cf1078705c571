import { expect, test } from "vitest";
import { systemClock } from "../src/clock.ts";
import { createHttpDate } from "../src/clock.ts";

test("shows the second of the clock, also of one that is set back", () => {
  let time = Date.UTC(2031, 1, 3, 4, 5, 6, 789);
  const date = createHttpDate({ now: () => time });
  expect(date()).toBe("Mon, 03 Feb 2031 04:05:06 GMT");
  time += 210;
  expect(date()).toBe("Mon, 03 Feb 2031 04:05:06 GMT");
  time += 1;
  expect(date()).toBe("Mon, 03 Feb 2031 04:05:07 GMT");
  time = 0;
  expect(date()).toBe("Thu, 01 Jan 1970 00:00:00 GMT");
});

test.each<[string, () => number]>([
  [
    "throws",
    () => {
      throw new Error("no time");
    },
  ],
  ["gives no number", () => Number.NaN],
  ["gives a time that no date has", () => 1e20],
])("shows the time of the machine when the clock %s", (_, now) => {
  const machine = systemClock.now();
  const shown = Date.parse(createHttpDate({ now })());
  expect(shown).toBeGreaterThan(machine - 2000);
  expect(shown).toBeLessThan(machine + 60_000);
});
