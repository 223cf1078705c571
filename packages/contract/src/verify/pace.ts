/** The pace of calls: even, and never more than a number in any second. Calls that come together are sent together. */
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
  let waiting = 0;
  /** Calls that came together and may be sent now. */
  let ready = 0;

  /** Waits until there is room for the calls that came together. */
  async function waitForRoom(): Promise<void> {
    ready = Math.min(waiting, most);
    free = Math.max(free, clock.now()) + ready * intervalMs;
    // With this many more, the oldest of the others must be a whole span ago.
    const oldest = sent[sent.length - 1 - (most - ready)] ?? -Infinity;
    for (;;) {
      const now = clock.now();
      const toFree = free - now > shortestWaitMs ? free - now : 0;
      const ms = Math.max(toFree, oldest + spanMs - now);
      if (ms <= 0) return;
      waitedMs += ms;
      await sleep(clock, ms);
    }
  }

  async function wait(): Promise<void> {
    if (ready === 0) await waitForRoom();
    ready--;
    waiting--;
    sent.push(clock.now());
    if (sent.length > most) sent.shift();
  }

  return {
    next() {
      waiting++;
      return (turn = turn.then(wait));
    },
    get waitedMs() {
      return waitedMs;
    },
  };
}
