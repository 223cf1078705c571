import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { onAbort } from "../src/abort.ts";

const listeners = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;

test("a signal runs what waits for it, in the order of arrival, with one listener", () => {
  const controller = new AbortController();
  const { signal } = controller;
  const ran: number[] = [];
  const stops = Array.from({ length: 30 }, (_, index) => onAbort(signal, () => ran.push(index)));
  expect(listeners(signal)).toBe(1);
  for (const stop of stops.slice(3)) stop();
  controller.abort();
  expect(ran).toEqual([0, 1, 2]);
});

test("a signal for which nothing waits has no listener", () => {
  const { signal } = new AbortController();
  for (let round = 0; round < 2; round++) {
    const stops = [onAbort(signal, () => {}), onAbort(signal, () => {})];
    stops[0]?.();
    // A second time has no effect.
    stops[0]?.();
    expect(listeners(signal)).toBe(1);
    stops[1]?.();
    expect(listeners(signal)).toBe(0);
  }
});

test("what is stopped while the signal is aborted does not run", () => {
  const controller = new AbortController();
  const ran: string[] = [];
  onAbort(controller.signal, () => {
    ran.push("first");
    stop();
  });
  const stop = onAbort(controller.signal, () => ran.push("second"));
  controller.abort();
  expect(ran).toEqual(["first"]);
});

test("a signal that was aborted before runs nothing, and neither does none", () => {
  const ran: string[] = [];
  const stops = [AbortSignal.abort(), undefined].map((signal) => onAbort(signal, () => ran.push("run")));
  for (const stop of stops) stop();
  expect(ran).toEqual([]);
});
