/** The emulator's time, in milliseconds since the epoch. */
export interface EmulatorClock {
  now(): number;
  /** Whether it stands still. */
  readonly isFrozen: boolean;
  /** Stops, at this time or where it is. */
  freeze(at?: number): void;
  /** Jumps to this time and goes on from there, or stays there when it is frozen. */
  set(at: number): void;
  /** Jumps ahead, or back when it is negative. */
  advance(milliseconds: number): void;
  /** Goes on after a freeze. */
  run(): void;
  /** Shows the source's time again. */
  reset(): void;
}

/** Makes a clock that runs as its source does until it is told otherwise. Throws a `RangeError` for what is no time. */
export function createClock(source: () => number): EmulatorClock {
  let offset = 0;
  let frozen: number | undefined;
  const now = (): number => frozen ?? source() + offset;
  const set = (at: number): void => {
    checkTime(at);
    if (frozen === undefined) offset = at - source();
    else frozen = at;
  };

  return {
    now,
    get isFrozen() {
      return frozen !== undefined;
    },
    freeze(at = now()) {
      checkTime(at);
      frozen = at;
    },
    set,
    advance: (milliseconds) => set(now() + milliseconds),
    run() {
      if (frozen === undefined) return;
      offset = frozen - source();
      frozen = undefined;
    },
    reset() {
      offset = 0;
      frozen = undefined;
    },
  };
}

function checkTime(at: number): void {
  if (Number.isFinite(at) && at >= 0 && at <= 8.64e15) return;
  throw new RangeError("A time of the clock must be milliseconds since the epoch.");
}
