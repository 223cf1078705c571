import { clearTimeout, setTimeout } from "node:timers";

/** Milliseconds between two steps. A step takes less, so most of the time is left for calls. */
const pauseMs = 10;

/** Work that is done step by step, while calls are handled between the steps. */
interface Background {
  /** Starts the work, unless it runs. It does not keep the process alive. */
  start(): void;
  stop(): void;
}

/**
 * Creates work that does not run yet.
 *
 * @param step Does a part, and returns whether there is more. When it throws, the work ends until the next start.
 */
export function createBackground(step: () => boolean): Background {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = (): void => {
    timer = undefined;
    try {
      if (step()) start();
    } catch {
      // Such as a full disk, of which the next call that writes will say it.
    }
  };
  const start = (): void => {
    timer ??= setTimeout(run, pauseMs).unref();
  };
  return { start, stop: () => clearTimeout(timer) };
}
