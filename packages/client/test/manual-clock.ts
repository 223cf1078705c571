import type { Clock } from "@contact-groups/core/clock";

export interface ManualClock extends Clock {
  /** Lets `ms` milliseconds pass. Timers run in the order of their time, and what follows from one runs before the next. */
  advance(ms: number): Promise<void>;
  /** Number of functions that wait for their time. */
  pending(): number;
}

/** A clock that stops until a test advances it. */
export function createManualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + Math.max(0, ms), run };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    pending: () => waiting.size,
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        waiting.delete(next);
        now = next.at;
        next.run();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
