/** Something that takes time and that runs once at a time, for all who want its result. */
export interface SingleFlight<Result> {
  /** Starts it unless it runs, and lets nobody wait. */
  start(): Promise<Result>;
  /** Waits for the run under way, or for a new one. The signal ends this wait and no other. */
  join(signal?: AbortSignal): Promise<Result>;
}

interface Flight<Result> {
  readonly promise: Promise<Result>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Makes a single flight of a function. Its signal is aborted when the last of those who wait gives up; what is wanted after that starts
 * anew, so that a run that hangs does not hold up all that follow.
 */
export function singleFlight<Result>(run: (signal: AbortSignal) => Promise<Result>): SingleFlight<Result> {
  let flight: Flight<Result> | undefined;

  const current = (): Flight<Result> => {
    if (flight) return flight;
    const controller = new AbortController();
    const over = () => end(mine);
    const mine: Flight<Result> = { controller, waiting: 0, promise: run(controller.signal).finally(over) };
    return (flight = mine);
  };
  const end = (one: Flight<Result>) => {
    if (flight === one) flight = undefined;
  };

  return {
    start: () => current().promise,
    join(signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      const mine = current();
      mine.waiting++;
      if (!signal) return mine.promise;
      return new Promise((resolve, reject) => {
        const leave = () => {
          reject(signal.reason);
          if (--mine.waiting) return;
          end(mine);
          mine.controller.abort(signal.reason);
        };
        const settled = (tell: () => void) => {
          signal.removeEventListener("abort", leave);
          tell();
        };
        signal.addEventListener("abort", leave);
        mine.promise.then(
          (result) => settled(() => resolve(result)),
          (error: unknown) => settled(() => reject(error)),
        );
      });
    },
  };
}
