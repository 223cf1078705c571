/**
 * CPU time of the contract server, recording included, over that of Prism's own HTTP server, per call. Both are measured in the same run,
 * in turns, so that what else the machine does meets both. Goal: at most 1.15.
 *
 * Run it after a build: `node bench/adapter.ts [rounds]`.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { makeCalls, median } from "./calls.ts";

const [rounds = 9] = process.argv.slice(2).map(Number);
const callsPerRound = 900;
const warmUp = 3000;

interface Server {
  readonly name: string;
  readonly child: ChildProcess;
  readonly url: string;
  readonly perCall: number[];
}

const target = fileURLToPath(new URL("target.ts", import.meta.url));
const servers = await Promise.all(["contract", "prism"].map(start));
for (const { url } of servers) await makeCalls(fetch, url, warmUp);
for (let round = 0; round < rounds; round++) {
  for (const server of servers) {
    const before = await cpuOf(server);
    await makeCalls(fetch, server.url, callsPerRound);
    server.perCall.push(((await cpuOf(server)) - before) / callsPerRound);
  }
}
const [ours, prisms] = servers.map(({ perCall }) => perCall);
const ratios = (ours ?? []).map((cpu, round) => cpu / (prisms?.[round] ?? NaN));
for (const { name, perCall } of servers)
  console.log(`${name.padEnd(9)} ${median(perCall).toFixed(0)} µs of CPU per call`);
console.log(
  `ratio     ${median(ratios).toFixed(2)} (median of ${rounds} rounds, ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
);
// `pnpm bench` collects the figures.
process.send?.({
  title: "A call over HTTP, recording included",
  rounds: ratios.map((_, round) => ({
    "Prism's own server": { "server CPU, µs per call": prisms?.[round] },
    "contract server": { "server CPU, µs per call": ours?.[round] },
  })),
});
for (const { child } of servers) child.kill();

async function start(name: string): Promise<Server> {
  const child = fork(target, [name]);
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  return { name, child, url, perCall: [] };
}

async function cpuOf({ child }: Server): Promise<number> {
  child.send("cpu");
  const [{ cpu }] = (await once(child, "message")) as [{ cpu: number }];
  return cpu;
}
