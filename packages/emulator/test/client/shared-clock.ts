import type { Clock } from "@contact-groups/client";
import { now } from "../call.ts";

/** A clock for client and emulator alike, which goes on only when everybody waits for it. */
export interface SharedClock extends Clock {
  /** Advances the clock by a number of milliseconds at once; what falls due runs after that. */
  jump(milliseconds: number): void;
  /** Waits for a promise. While it waits, time goes on to whatever falls due next; so nothing may be signed or read from a socket. */
  until<Result>(promise: Promise<Result>): Promise<Result>;
}

/** Turns of the event loop in which nothing may be left to do before time goes on. */
const quietTurns = 20;

export function createSharedClock(start: number = now): SharedClock {
  let time = start;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const jump = (milliseconds: number): void => {
    time += milliseconds;
    for (const timer of [...timers].filter(({ at }) => at <= time).toSorted((a, b) => a.at - b.at)) {
      timers.delete(timer);
      timer.run();
    }
  };

  return {
    now: () => time,
    after(milliseconds, run) {
      const timer = { at: time + Math.max(0, milliseconds), run };
      timers.add(timer);
      // No time has to pass for what is due at once.
      if (milliseconds <= 0) setImmediate(() => timers.delete(timer) && run());
      return () => timers.delete(timer);
    },
    jump,
    async until(promise) {
      let isSettled = false;
      const settle = (): void => void (isSettled = true);
      promise.then(settle, settle);
      // oxlint-disable-next-line no-unmodified-loop-condition -- the promise ends it
      for (let quiet = 0; !isSettled; quiet++) {
        await turn();
        const [next] = [...timers].toSorted((a, b) => a.at - b.at);
        if (quiet < quietTurns || !next) continue;
        jump(next.at - time);
        quiet = 0;
      }
      return promise;
    },
  };
}
