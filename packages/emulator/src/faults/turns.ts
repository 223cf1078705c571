import { createDraw } from "./draw.ts";
import type { Fault } from "./fault.ts";

/** Counts the calls that a fault is about, and says at which of them it speaks. */
export interface Turns {
  readonly matched: number;
  readonly spoken: number;
  /** Counts a matching call. Says whether the fault has its turn. */
  match(): boolean;
  /** Counts that it spoke. */
  speak(): void;
  /** Back to the first call and the first draw. */
  reset(): void;
}

/** Makes counters that have seen no call. */
export function createTurns({ nth = 0, times = nth > 0 ? 1 : Infinity, probability = 1, seed = 1 }: Fault): Turns {
  let matched = 0;
  let spoken = 0;
  let draw = createDraw(seed);

  return {
    get matched() {
      return matched;
    },
    get spoken() {
      return spoken;
    },
    match() {
      matched++;
      // One draw for each call, so that a draw depends on the number of the call alone.
      const isDrawn = probability === 1 || draw() < probability;
      return isDrawn && matched >= nth && spoken < times;
    },
    speak() {
      spoken++;
    },
    reset() {
      matched = 0;
      spoken = 0;
      draw = createDraw(seed);
    },
  };
}
