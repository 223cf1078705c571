/** Which calls of a user run at the same time, so that nobody knows in which order the service ran them. */
import type { ObservedCall } from "./observed-call.ts";

/** A call that runs. */
export interface RunningCall {
  /** Ends it. Returns whether a call that can change the user's state ran at the same time. */
  end(): boolean;
}

/** Creates the function that notes that a call begins. */
export function createOverlapTracker(): (call: Pick<ObservedCall, "app" | "user" | "writes">) => RunningCall {
  const running = new Map<string, Set<{ readonly writes: boolean; isOverlapped: boolean }>>();
  return ({ app, user, writes }) => {
    if (user === undefined) return { end: () => false };
    const key = `${app} ${user}`;
    const calls = running.get(key) ?? new Set();
    running.set(key, calls);
    const own = { writes, isOverlapped: false };
    for (const other of calls) {
      if (!other.writes && !writes) continue;
      other.isOverlapped = true;
      own.isOverlapped = true;
    }
    calls.add(own);
    return {
      end() {
        calls.delete(own);
        if (calls.size === 0) running.delete(key);
        return own.isOverlapped;
      },
    };
  };
}
