import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes in use after everything that can be freed was. */
export async function usedHeap(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    // What a finished promise or socket holds is let go in a later turn.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

/** Whether a series goes up all the time: the least of its last third is above everything before, by more than a number of bytes. */
export function grows(series: readonly number[], bytes: number): boolean {
  const third = Math.floor(series.length / 3);
  // At first caches fill up and code is compiled.
  const before = series.slice(third, -third);
  return Math.min(...series.slice(-third)) > Math.max(...before) + bytes;
}
