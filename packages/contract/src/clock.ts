import { setTimeout as wait } from "node:timers/promises";

/** Time, as a contract server needs it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects with the signal's reason when it aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The functions as they are now: a test's fake timers must stop neither the recording nor a delay. */
const { now } = Date;

export const realClock: Clock = {
  now: () => now(),
  async wait(ms, signal) {
    try {
      await wait(ms, undefined, { ...(signal && { signal }) });
    } catch (error) {
      throw signal?.aborted === true ? signal.reason : error;
    }
  },
};
