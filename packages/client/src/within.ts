import type { Clock } from "@contact-groups/core/clock";

/**
 * Runs something that takes time, and rejects as soon as the caller's signal is aborted or the time is up: also where what runs does
 * not listen to the signal it is given.
 *
 * @param ms Time allowed, in milliseconds; `Infinity` for any.
 */
export function within<Result>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  timedOut: () => unknown,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const running = run(controller.signal);
    const stop = (reason: unknown) => {
      settle();
      reject(reason);
      controller.abort(reason);
    };
    const abort = () => stop(signal?.reason);
    const cancel = ms < Infinity ? clock.after(ms, () => stop(timedOut())) : undefined;
    const settle = () => {
      cancel?.();
      signal?.removeEventListener("abort", abort);
    };

    signal?.addEventListener("abort", abort);
    running.then(
      (result) => {
        settle();
        resolve(result);
      },
      (error: unknown) => {
        settle();
        reject(error);
      },
    );
  });
}
