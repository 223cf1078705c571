import { expect, test } from "vitest";
import { createClock } from "../src/clock.ts";

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

test("stands still while it is frozen, and goes on from there", () => {
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

test.each([Number.NaN, -1, 1e16])("refuses %d, which is no time", (at) => {
  const clock = createClock(() => 0);
  expect(() => clock.set(at)).toThrow(RangeError);
  expect(() => clock.freeze(at)).toThrow(RangeError);
});
