/** Work of any length in slices of a few milliseconds, between which everything else is done. */
import { monotonic, systemClock } from "@contact-groups/core/clock";
import { realClock } from "@contact-groups/core/real-clock";

/** Milliseconds of a slice. A call waits for at most one. */
const sliceMs = 2;

/** Work in slices. */
export interface Slices {
  /** To be called between two steps. Returns a promise when other work is due, and nothing while the slice lasts. */
  pause(): Promise<void> | undefined;
}

/** Begins a slice. */
export function createSlices(): Slices {
  let end = monotonic(systemClock) + sliceMs;
  const rest = async (): Promise<void> => {
    // Requests that arrive during the first turn are handled at its end, so the work goes on in the turn after it.
    await nextTurn();
    await nextTurn();
    end = monotonic(systemClock) + sliceMs;
  };
  return { pause: () => (monotonic(systemClock) < end ? undefined : rest()) };
}

// As it was when this module was loaded, so that no fake timers stop the work. Pages and workers have none.
const { setImmediate: immediate } = globalThis as { readonly setImmediate?: (run: () => void) => void };

function nextTurn(): Promise<void> {
  return new Promise((resolve) => (immediate ? immediate(resolve) : realClock.after(0, resolve)));
}
