/** How a fault counts what it matches, and decides when it is due. */

/** The selectors of a fault that depend on what it has counted. */
export interface CountedSelectors {
  readonly nth?: number | undefined;
  readonly times?: number | undefined;
  readonly probability?: number | undefined;
  readonly seed?: number | undefined;
}

/** Counts the calls, or the conversations, that a fault matches, and decides at which of them it is due. */
export interface FaultCounter {
  readonly matched: number;
  readonly triggered: number;
  /**
   * Counts a match. Returns whether the fault is due.
   *
   * @param pending How often it was due before without having been triggered yet.
   */
  match(pending?: number): boolean;
  /** Counts that the fault was triggered. */
  trigger(): void;
  /** Restarts the counters and the random sequence. */
  reset(): void;
}

/** Creates a counter that has counted nothing. */
export function createCounter({
  nth = 0,
  times = nth > 0 ? 1 : Infinity,
  probability = 1,
  seed = 1,
}: CountedSelectors): FaultCounter {
  let matched = 0;
  let triggered = 0;
  let random = createRandom(seed);

  return {
    get matched() {
      return matched;
    },
    get triggered() {
      return triggered;
    },
    match(pending = 0) {
      matched++;
      // One random number for each match, so that it depends only on the number of the match.
      const isSelected = probability === 1 || random() < probability;
      return isSelected && matched >= nth && triggered + pending < times;
    },
    trigger() {
      triggered++;
    },
    reset() {
      matched = 0;
      triggered = 0;
      random = createRandom(seed);
    },
  };
}

/** Creates a source of numbers from 0 up to, but not including, 1. The same seed always gives the same sequence (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
