/** The pace of calls: even, and never more than a number in any second, also of calls that are sent at the same time. */
import { type Clock, sleep } from "@contact-groups/core/clock";

export interface Pace {
  /** Resolves when the next call may be sent, in the order of the calls to it. */
  next(): Promise<void>;
  /** Milliseconds spent waiting. */
  readonly waitedMs: number;
}

/** A timer is not exact, so shorter waits are saved up. */
const shortestWaitMs = 10;

export function createPace(callsPerSecond: number, clock: Clock): Pace {
  const intervalMs = 1000 / callsPerSecond;
  const most = Math.max(1, Math.floor(callsPerSecond));
  const spanMs = Math.max(1000, intervalMs);
  /** When the last calls were sent. */
  const sent: number[] = [];
  let free = clock.now();
  let waitedMs = 0;
  let turn = Promise.resolve();

  async function wait(): Promise<void> {
    free = Math.max(free, clock.now()) + intervalMs;
    for (;;) {
      const now = clock.now();
      const toFree = free - now > shortestWaitMs ? free - now : 0;
      const toRoom = sent.length < most ? 0 : (sent[0] ?? now) + spanMs - now;
      const ms = Math.max(toFree, toRoom);
      if (ms <= 0) break;
      waitedMs += ms;
      await sleep(clock, ms);
    }
    sent.push(clock.now());
    if (sent.length > most) sent.shift();
  }

  return {
    next: () => (turn = turn.then(wait)),
    get waitedMs() {
      return waitedMs;
    },
  };
}
