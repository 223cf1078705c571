/**
 * What a call costs, at 50 calls at a time over loopback, as a multiple of the global `fetch` and `json()`.
 *
 * Rounds are interleaved and each round is divided by its own baseline, so that a change of the machine's speed falls out.
 * `node bench/calls.ts [rounds] [calls per round]`
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { getHeapStatistics } from "node:v8";
import { type Call, contendersAt } from "./contenders.ts";
import { type Figures, ratioTable } from "@contact-groups/testing/ratios";

const [rounds = 9, calls = 4000] = process.argv.slice(2).map(Number);
const concurrency = 50;

const server = fork(fileURLToPath(new URL("server.ts", import.meta.url)));
const [port] = await once(server, "message");
const contenders = Object.entries(contendersAt(`http://127.0.0.1:${port}`));

// The compilers settle before anything is counted.
for (const [, call] of contenders) await measure(call);
const results: Record<string, Figures>[] = [];
for (let round = 0; round < rounds; round += 1) {
  const result: Record<string, Figures> = {};
  for (const [name, call] of contenders) result[name] = await measure(call);
  results.push(result);
}
console.log(
  `Node ${process.version}, ${rounds} rounds of ${calls} calls, ${concurrency} at a time: median (least–most)\n`,
);
console.log(ratioTable(results));
server.disconnect();
// `pnpm bench` collects the figures. What is sent could be lost with the process.
await new Promise((sent) => process.send?.({ title: "A call", rounds: results }, sent) ?? sent(undefined));
process.exit();

async function measure(call: Call): Promise<Figures> {
  let left = calls;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await call();
  };
  const cpu = process.cpuUsage();
  const allocated = allocatedBytes();
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, caller));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    "CPU, µs per call": (user + system) / calls,
    "allocated, bytes per call": (allocatedBytes() - allocated) / calls,
    "calls per second": calls / seconds,
  };
}

/** Bytes ever allocated on the JavaScript heap, collected since or not. */
function allocatedBytes(): number {
  const { total_allocated_bytes: bytes } = getHeapStatistics() as { total_allocated_bytes?: number };
  if (bytes === undefined) throw new Error("This Node.js does not count allocated bytes: use the repository's.");
  return bytes;
}
