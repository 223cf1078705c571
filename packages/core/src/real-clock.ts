import type { Clock } from "./clock.ts";

const { now } = Date;
const { setTimeout: start, clearTimeout: stop } = globalThis;

/** The clock of the machine. It uses the global functions as they were when this module was loaded, so no fake timers stop it. */
export const realClock: Clock = {
  now: () => now(),
  after(ms, run) {
    const timer = start(run, ms);
    return () => stop(timer);
  },
};
