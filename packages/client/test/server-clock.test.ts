import { expect, test } from "vitest";
import { createServerClock } from "../src/user-sig-source.ts";
import { createManualClock } from "./manual-clock.ts";

const hour = 3_600_000;
const httpDate = (time: number): string => new Date(time).toUTCString();

test("follows the machine's clock until a response shows that it is wrong", async () => {
  const clock = createManualClock();
  const server = createServerClock(clock);
  expect(server.now()).toBe(clock.now());
  await clock.advance(1234);
  expect(server.now()).toBe(clock.now());
});

test.each([hour, -hour, 400 * 24 * hour])("corrects a difference of %i ms", async (difference) => {
  const clock = createManualClock(Date.UTC(2030, 5));
  const server = createServerClock(clock);
  server.learn(httpDate(clock.now() + difference));
  expect(server.now()).toBe(clock.now() + difference);
  await clock.advance(5000);
  expect(server.now()).toBe(clock.now() + difference);
});

test.each([0, 1000, -5000, 10_000, -10_000])(
  "ignores a difference of %i ms, which a response can take",
  (difference) => {
    const clock = createManualClock(Date.UTC(2030, 5));
    const server = createServerClock(clock);
    server.learn(httpDate(clock.now() + difference));
    expect(server.now()).toBe(clock.now());
  },
);

test("a clock of the machine that starts in 1970 is corrected", () => {
  const server = createServerClock(createManualClock(0));
  server.learn("Sat, 21 Nov 2026 09:00:00 GMT");
  expect(server.now()).toBe(Date.UTC(2026, 10, 21, 9));
});

test.each([
  null,
  "",
  "soon",
  "Thu, 01 Jan 1970 00:00:00 GMT",
  "Mon, 01 Jan 2024 00:00:00 GMT",
  "Fri, 01 Jan 2100 00:00:00 GMT",
])("ignores the invalid date %j", (date) => {
  const clock = createManualClock(Date.UTC(2030, 5));
  const server = createServerClock(clock);
  server.learn(date);
  expect(server.now()).toBe(clock.now());
});

test("a clock of the machine that is set right needs no correction any more", async () => {
  let machine = Date.UTC(2030, 5);
  const server = createServerClock({ now: () => machine, after: () => () => {} });
  server.learn(httpDate(machine + hour));
  machine += hour + 1000;
  server.learn(httpDate(machine));
  expect(server.now()).toBe(machine);
});

test("the same date seen again is not read again", async () => {
  const clock = createManualClock(Date.UTC(2030, 5));
  const server = createServerClock(clock);
  const date = httpDate(clock.now());
  server.learn(date);
  await clock.advance(hour);
  server.learn(date);
  expect(server.now()).toBe(clock.now());
});
