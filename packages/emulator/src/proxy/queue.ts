/** Work that is done in order, while other things go on. */

/** Runs one thing in each turn of the event loop. */
export interface Queue {
  add(run: () => void): void;
  /** Resolves when everything so far was run. */
  settled(): Promise<void>;
  /** Resolves when there is room, so that the queue stays short. */
  ready(): Promise<void>;
}

/**
 * Creates an empty queue.
 *
 * @param longest Number of things from which on `ready` waits.
 * @param onError Called with what one of them threw.
 */
export function createQueue(longest: number, onError: (error: unknown) => void): Queue {
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  const queue: Queue = {
    add(run) {
      waiting++;
      last = last
        .then(() => new Promise<void>((resolve) => setImmediate(resolve)))
        .then(run)
        .catch(onError)
        .then(() => void waiting--);
    },
    settled: () => last,
    ready: () => (waiting < longest ? Promise.resolve() : last.then(queue.ready)),
  };
  return queue;
}
