import type { Clock } from "@contact-groups/core/clock";

/** Number of calls in a number of seconds. */
export interface Rate {
  readonly calls: number;
  readonly seconds: number;
}

/** Lets starts happen one after the other, at most so many in any time of a given length. */
export interface SlidingWindow {
  /**
   * Takes the next start. Returns undefined if it is free now; else a promise that resolves when it is, first come, first served. It
   * rejects with the signal's reason as soon as the signal is aborted.
   */
  acquire(signal?: AbortSignal): Promise<void> | undefined;
  /** Whether none of its starts counts any more. */
  idle(): boolean;
}

/** Makes a window. It remembers its last `calls` starts: the next one has to come later than the oldest by `seconds`. */
export function createSlidingWindow({ calls, seconds }: Rate, clock: Clock): SlidingWindow {
  const lengthMs = seconds * 1000;
  const starts = new Float64Array(calls).fill(-Infinity);
  let oldest = 0;
  let latest = -Infinity;
  /** In the order in which they came. */
  const waiting = new Set<() => void>();
  let cancel: (() => void) | undefined;

  function take(): boolean {
    const now = clock.now();
    if (now < latest) {
      // The clock was set back. As far as anyone knows, no time has passed since the latest start.
      for (let index = 0; index < calls; index++) starts[index]! -= latest - now;
      latest = now;
    }
    // Exactly as late is not late enough: clocks round down.
    if (now - starts[oldest]! <= lengthMs) return false;
    starts[oldest] = latest = now;
    oldest = (oldest + 1) % calls;
    return true;
  }

  function letGo(): void {
    cancel = undefined;
    for (const start of waiting) {
      if (!take()) {
        cancel = clock.after(starts[oldest]! + lengthMs + 1 - clock.now(), letGo);
        return;
      }
      waiting.delete(start);
      start();
    }
  }

  function wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const start = () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      const abort = () => {
        waiting.delete(start);
        if (waiting.size === 0) {
          cancel?.();
          cancel = undefined;
        }
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
      waiting.add(start);
      if (cancel === undefined) letGo();
    });
  }

  return {
    acquire: (signal) => (waiting.size === 0 && !signal?.aborted && take() ? undefined : wait(signal)),
    idle: () => clock.now() - latest > lengthMs,
  };
}
