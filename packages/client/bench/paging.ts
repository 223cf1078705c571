/**
 * What a conversation costs in a long list: 1,000,000 paged, 100,000 searched, as a multiple of a loop over openapi-fetch, which
 * has to collect them, and as a multiple of its own cost in a short list. And what the heap holds on the way.
 *
 * Rounds are interleaved and each round is divided by its own baseline, so that a change of the machine's speed falls out.
 * `node bench/paging.ts [rounds] [paged] [searched]`
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { c2c } from "../dist/index.js";
import { type LongList, pagings, searches } from "./long-lists.ts";
import { type Figures, ratioTable } from "@contact-groups/testing/ratios";

const [rounds = 5, paged = 1_000_000, searched = 100_000] = process.argv.slice(2).map(Number);
const list = Array.from({ length: searched }, (_, index) => c2c(`user${index}`));
// What the heap holds is only known after a collection.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

console.log(`Node ${process.version}, ${rounds} rounds: median (least–most)\n`);
console.log(`Paging of ${paged} conversations\n`);
await compare(`Paging of ${paged} conversations`, pagings(paged), paged);
console.log(`\nSearch for ${searched} conversations\n`);
await compare(`Search for ${searched} conversations`, searches(list), searched);
console.log("\nCost of one conversation, by the length of the list\n");
for (const name of Object.keys(pagings(0)).slice(0, 2)) await scale(name, pagings, paged);
for (const name of Object.keys(searches([]))) await scale(name, (count) => searches(list.slice(0, count)), searched);
console.log("\nHeap after each tenth of the way, in MB\n");
for (const [name, way] of Object.entries(pagings(paged)).slice(0, 3))
  console.log(`- ${name}: ${(await heapOnTheWay(way)).join(" ")}`);

async function compare(title: string, ways: Readonly<Record<string, LongList>>, count: number): Promise<void> {
  const results: Record<string, Figures>[] = [];
  for (let round = -1; round < rounds; round++) {
    const result: Record<string, Figures> = {};
    for (const [name, way] of Object.entries(ways)) result[name] = await measure(way, count);
    // The compilers settle before anything is counted.
    if (round >= 0) results.push(result);
  }
  console.log(ratioTable(results));
  // `pnpm bench` collects the figures.
  process.send?.({ title, rounds: results });
}

async function scale(
  name: string,
  ways: (count: number) => Readonly<Record<string, LongList>>,
  most: number,
): Promise<void> {
  const results: Record<string, Figures>[] = [];
  for (let round = 0; round < rounds; round++) {
    const result: Record<string, Figures> = {};
    for (const count of [most / 100, most / 10, most]) {
      // A short list is repeated, so that every measurement is as long.
      const repeated: LongList = async (see) => {
        for (let left = most / count; left > 0; left--) await ways(count)[name]?.(see);
      };
      result[`${name}, ${count}`] = { "CPU, µs each": (await measure(repeated, most))["CPU, µs each"] ?? NaN };
    }
    results.push(result);
  }
  console.log(`${ratioTable(results)}\n`);
  process.send?.({ title: `Cost of one conversation by the length of the list: ${name}`, rounds: results });
}

async function measure(way: LongList, count: number): Promise<Figures> {
  collect();
  const before = process.memoryUsage().heapUsed;
  const cpu = process.cpuUsage();
  let seen = 0;
  const held = await way(() => void seen++);
  const { user, system } = process.cpuUsage(cpu);
  if (seen !== count) throw new Error(`${seen} of ${count} conversations were seen`);
  collect();
  const bytes = process.memoryUsage().heapUsed - before;
  // `held` is used after the collection, so that it was still there.
  return {
    "CPU, µs each": (user + system) / count,
    "held in the end, bytes each": held === null ? NaN : bytes / count,
  };
}

async function heapOnTheWay(way: LongList): Promise<string[]> {
  const heap: number[] = [];
  let seen = 0;
  collect();
  const before = process.memoryUsage().heapUsed;
  await way(() => {
    if (++seen % (paged / 10) !== 0) return;
    collect();
    heap.push(process.memoryUsage().heapUsed - before);
  });
  return heap.map((bytes) => (bytes / 2 ** 20).toFixed(1));
}
