import type { Clock } from "@contact-groups/core/clock";

/** What the calls of a client may repeat, all together. */
export interface RetryBudgetOptions {
  /** Retries that can be saved up, and that a new client has, 0 or more; 100 unless given. */
  readonly capacity?: number | undefined;
  /** Retries that each successful call adds, from 0 to 1; 0.1 unless given. */
  readonly perSuccess?: number | undefined;
  /** Retries that each second adds, 0 or more; 0.1 unless given. */
  readonly perSecond?: number | undefined;
}

/** What is left of the retries. */
export interface RetryBudget {
  /** Takes one retry. Returns whether there was one. */
  take(): boolean;
  /** A call has succeeded. */
  succeeded(): void;
}

/**
 * Makes a budget of retries. Successes fill it, so while the service is down there soon are none, and an outage is not made worse by
 * repeated calls. Time fills it too, so that a client with few calls is not left without.
 */
export function createRetryBudget(
  { capacity = 100, perSuccess = 0.1, perSecond = 0.1 }: RetryBudgetOptions,
  clock: Clock,
): RetryBudget {
  let left = capacity;
  let filledAt = clock.now();
  const add = (retries: number) => {
    left = Math.min(capacity, left + retries);
  };

  return {
    succeeded: () => add(perSuccess),
    take() {
      const now = clock.now();
      // A clock that was set back has let no time pass.
      add((Math.max(0, now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (left < 1) return false;
      left--;
      return true;
    },
  };
}
