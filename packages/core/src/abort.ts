/** What waits for each signal, in the order of arrival. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Runs a function when the signal is aborted. However many functions wait for a signal, it has one listener: Node.js 20 prints a warning for more
 * than ten. A signal that was aborted before runs nothing.
 *
 * @returns A function that ends the wait. After the last one, the signal has no listener, so that it can be collected.
 */
export function onAbort(signal: AbortSignal | undefined, run: () => void): () => void {
  if (!signal) return () => {};
  const runs = waiting.get(signal) ?? new Set();
  if (runs.size === 0) {
    waiting.set(signal, runs);
    signal.addEventListener("abort", runAll, { once: true });
  }
  runs.add(run);
  return () => {
    if (runs.delete(run) && runs.size === 0) signal.removeEventListener("abort", runAll);
  };
}

function runAll(this: AbortSignal): void {
  const runs = waiting.get(this) ?? [];
  waiting.delete(this);
  for (const run of runs) run();
}
