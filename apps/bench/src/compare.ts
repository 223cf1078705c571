/** Compares contenders with tinybench: each does its work once per round, and the rounds alternate the order. */
import { setTimeout } from "node:timers/promises";
import { getHeapStatistics } from "node:v8";
import { Bench } from "tinybench";
import type { Comparison } from "./report.ts";
import type { Server } from "./server.ts";

/** What a contender did in one round. */
export interface Run {
  readonly calls: number;
  /** Figures that only the contender can measure, in addition to those of the comparison. */
  readonly figures?: Readonly<Record<string, number>>;
  /** Stays in memory until the counters are read. */
  readonly held?: unknown;
}

/** Does the work of one round. */
export type Contender = () => Run | Promise<Run>;

/** Contenders by their names. The first is the peer by which the others are divided. */
export type Contenders = Readonly<Record<string, Contender>>;

/** Returns a contender for each thing that is compared: `run` does the work of one round with it. */
export function contenders<Thing>(
  things: Readonly<Record<string, Thing>>,
  run: (thing: Thing) => ReturnType<Contender>,
): Contenders {
  return Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, () => run(thing)]));
}

/** How a figure is measured. */
export interface Measure {
  /**
   * Reads a counter, once before the work and once after it.
   *
   * @default the clock of tinybench, in milliseconds
   */
  readonly counter?: (contender: string) => number | Promise<number>;
  /** Returns the figure of a round in which the counter went up by `amount`. */
  readonly figure: (amount: number, calls: number) => number;
}

const perCall = (amount: number, calls: number): number => amount / calls;

/** Wall time of a call in µs. */
export const wall: Measure = { figure: (milliseconds, calls) => (milliseconds * 1000) / calls };

/** Calls per second. */
export const rate: Measure = { figure: (milliseconds, calls) => (calls * 1000) / milliseconds };

/** CPU time of a call in this process, in µs. */
export const cpu: Measure = {
  counter() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  figure: perCall,
};

/** Bytes that a call allocates on the JavaScript heap, collected since or not. */
export const allocatedBytes: Measure = {
  counter() {
    const { total_allocated_bytes: bytes } = getHeapStatistics() as { total_allocated_bytes?: number };
    if (bytes === undefined) throw new Error("This Node.js does not count allocated bytes: use the repository's.");
    return bytes;
  },
  figure: perCall,
};

/** Bytes that the heap holds for a call after the work. Where nothing is held the heap may have shrunk: that counts as one byte. */
export const heldBytes: Measure = {
  counter() {
    collect();
    return process.memoryUsage().heapUsed;
  },
  figure: (bytes, calls) => Math.max(bytes, 1) / calls,
};

/** CPU time of a call in the process of the server that the contender calls, in µs. */
export function serverCpu(servers: Readonly<Record<string, Server>>): Measure {
  return { counter: async (contender) => (await servers[contender]?.usage())?.cpu ?? Number.NaN, figure: perCall };
}

/** Makes `calls` calls, `concurrency` at a time. */
export async function makeCalls(call: () => unknown, calls: number, concurrency = 1): Promise<Run> {
  let left = calls;
  const caller = async (): Promise<void> => {
    while (left-- > 0) {
      const response = call();
      // A result that is available immediately is not awaited.
      if (response instanceof Promise) await response;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return { calls };
}

/**
 * Measures each contender in each round, after one warm-up.
 *
 * @param measures by the names of their columns
 * @throws what a contender or a counter throws
 */
export async function compare(
  title: string,
  compared: Contenders,
  measures: Readonly<Record<string, Measure>>,
  rounds: number,
): Promise<Comparison> {
  const bench = new Bench({ iterations: 1, time: 0, warmupIterations: 1, warmupTime: 0, throws: true });
  const columns = Object.entries(measures);
  const before: Record<string, number> = {};
  const after: Record<string, number> = {};
  let run: Run = { calls: 0 };
  for (const [name, contender] of Object.entries(compared)) {
    const work = async (): Promise<void> => void (run = await contender());
    bench.add(name, work, {
      async: true,
      async beforeEach() {
        // Work without a socket leaves no time for events: a connection that was idle meanwhile is closed now, before a request is sent over it.
        await setTimeout(50);
        // What the last contender holds is not part of the next one's heap.
        run = { calls: 0 };
        collect();
        // The first counter is read next to the work on both sides, so that reading the others is not counted.
        for (const [column, { counter }] of columns.toReversed()) if (counter) before[column] = await counter(name);
      },
      async afterEach() {
        for (const [column, { counter }] of columns) if (counter) after[column] = await counter(name);
      },
    });
  }

  for (const task of bench.tasks) await task.warmup();
  const results: Record<string, Record<string, number>>[] = [];
  for (let round = 0; round < rounds; round++) {
    const result = Object.fromEntries(bench.tasks.map(({ name }) => [name, {}]));
    // In alternating order, so that none is always measured after the same one.
    for (const task of round % 2 === 0 ? bench.tasks : bench.tasks.toReversed()) {
      task.reset();
      await task.run();
      if (task.result.state !== "completed") throw new Error(`${title}: ${task.name} is ${task.result.state}`);
      const { mean: milliseconds } = task.result.latency;
      const figures = columns.map(([column, { counter, figure }]) => {
        const amount = counter ? after[column]! - before[column]! : milliseconds;
        return [column, figure(amount, run.calls)];
      });
      result[task.name] = { ...Object.fromEntries(figures), ...run.figures };
    }
    results.push(result);
  }
  return { title, rounds: results };
}

/** Collects garbage, so that no contender is measured with that of another. */
function collect(): void {
  if (globalThis.gc === undefined) throw new Error("Garbage cannot be collected: start Node.js with --expose-gc.");
  globalThis.gc();
}
