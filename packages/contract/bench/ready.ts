/**
 * How long the built package takes from a cold import to a server that listens, how long each further server, and how much memory a
 * process with one takes, the recording of 10,000 calls included. Goals: 2 s, 100 ms, 300 MB.
 *
 * Run it after a build: `node bench/ready.ts`.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { makeCalls, median } from "./calls.ts";

const begun = performance.now();
const { startContractServer } = await import("../dist/index.js");
const first = await startContractServer();
const firstAfter = performance.now() - begun;
console.log(`first server    ${firstAfter.toFixed(0)} ms after a cold import`);

const further: number[] = [];
for (let server = 0; server < 20; server++) {
  const before = performance.now();
  const { close } = await startContractServer();
  further.push(performance.now() - before);
  await close();
}
console.log(
  `further server  ${median(further).toFixed(2)} ms (median of 20, at most ${Math.max(...further).toFixed(2)})`,
);

await first.close();

const child = fork(fileURLToPath(new URL("target.ts", import.meta.url)), ["contract"]);
const ask = async <Reply>(): Promise<Reply> => ((await once(child, "message")) as [Reply])[0];
const { url } = await ask<{ url: string }>();
const megabytes: number[] = [];
for (const calls of [0, 1000, 9000, 10_000]) {
  await makeCalls(fetch, url, calls);
  child.send("memory");
  const { rss } = await ask<{ rss: number }>();
  megabytes.push(rss / 1e6);
  console.log(`memory          ${(rss / 1e6).toFixed(0)} MB after ${calls} more calls`);
}
// `pnpm bench` collects the figures.
process.send?.({
  title: "Start and memory",
  values: {
    "first server after a cold import, ms": [firstAfter],
    "further server, ms": further,
    "memory after 20,000 recorded calls, MB": megabytes.slice(-1),
  },
});
child.kill();
