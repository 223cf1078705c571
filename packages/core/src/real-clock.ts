import type { Clock } from "./clock.ts";

const { now } = Date;
const { setTimeout: start, clearTimeout: stop } = globalThis;

/** The time of the machine, by the functions as they were when this was loaded: no fake timers stop it. */
export const realClock: Clock = {
  now: () => now(),
  after(ms, run) {
    const timer = start(run, ms);
    return () => stop(timer);
  },
};
