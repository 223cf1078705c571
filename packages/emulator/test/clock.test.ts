import { expect, test } from "vitest";
import { createClock as create, latestTime, type EmulatorClock } from "../src/clock.ts";

const createClock = (source: () => number, report: (...failure: unknown[]) => void = () => {}): EmulatorClock =>
  create(source, report);

test("runs as its source does, from wherever it was set", () => {
  let time = 1000;
  const clock = createClock(() => time);
  clock.advance(50);
  time += 5;
  expect(clock.now()).toBe(1055);
  clock.set(9000);
  time += 5;
  expect(clock.now()).toBe(9005);
  clock.reset();
  expect(clock.now()).toBe(1010);
});

test("shows the same time while it is frozen, and runs on from there", () => {
  let time = 1000;
  const clock = createClock(() => time);
  clock.freeze();
  time += 5;
  expect(clock.now()).toBe(1000);
  clock.advance(500);
  expect(clock.now()).toBe(1500);
  clock.run();
  time += 5;
  expect(clock.now()).toBe(1505);
});

test.each([Number.NaN, -1, latestTime + 1, 8.64e15, Infinity])("rejects %d, which no HTTP date can show", (at) => {
  const clock = createClock(() => 0);
  expect(() => clock.set(at)).toThrow(RangeError);
  expect(() => clock.freeze(at)).toThrow(RangeError);
  expect(() => clock.advance(at)).toThrow(RangeError);
  expect(() =>
    create(
      () => at,
      () => {},
    ),
  ).toThrow("now must return milliseconds since the epoch");
  expect(clock.now()).toBe(0);
});

test("stays at the last time that a date can show when it runs on, and at 0 when its source goes back", () => {
  let time = 1000;
  const clock = createClock(() => time);
  clock.set(latestTime);
  time += 86_400_000;
  expect(clock.now()).toBe(latestTime);
  expect(new Date(clock.now()).toUTCString()).toBe("Fri, 31 Dec 9999 23:59:59 GMT");
  clock.set(500);
  time -= 1000;
  expect(clock.now()).toBe(0);
});

test("keeps the last time of a source that fails, and reports each failure once until it works again", () => {
  const failure = new Error("no battery");
  let time: number | undefined = 1000;
  const failures: unknown[] = [];
  const clock = createClock(
    () => {
      if (time === undefined) throw failure;
      return time;
    },
    (...reported) => failures.push(reported),
  );
  clock.advance(5);
  time = undefined;
  expect([clock.now(), clock.now()]).toEqual([1005, 1005]);
  expect(failures).toEqual([["now", failure]]);
  time = 2000;
  expect(clock.now()).toBe(2005);
  time = Number.NaN;
  expect(clock.now()).toBe(2005);
  expect(failures).toMatchObject([
    ["now", failure],
    ["now", { message: expect.stringContaining("returned NaN") }],
  ]);
});
