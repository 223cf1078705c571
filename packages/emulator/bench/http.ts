/**
 * Calls per second, CPU and p99 of the emulator over HTTP, as multiples of a bare `node:http` server that answers a fixed body, with
 * Prism beside them. Every contender has a process of its own; the rounds take turns. `node bench/http.ts [seconds per round] [rounds]`.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { loads, type Load } from "./load.ts";

const [seconds = 3, rounds = 5] = process.argv.slice(2).map(Number);
const program = fileURLToPath(new URL("server.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "contact-groups-bench-"));

interface Round {
  readonly rate: number;
  readonly cpu: number;
  readonly p99: number;
}

const contenders: readonly (readonly [kind: string, load: Load])[] = [
  ["bare", "get"],
  ["memory", "get"],
  ["sqlite", "get"],
  ["bare", "search"],
  ["sqlite", "search"],
  ["bare", "create"],
  ["memory", "create"],
  ["sqlite", "create"],
  ["prism", "create"],
  ["prism", "get"],
];

const names: Readonly<Record<string, string>> = {
  bare: "bare node:http with a fixed answer",
  memory: "emulator in memory",
  sqlite: "emulator in SQLite",
  prism: "Prism, no state",
};

const servers = new Map<string, ChildProcess>();
const urls = new Map<string, string>();
const starts: string[] = [];
for (const kind of ["bare", "memory", "sqlite", "prism"]) {
  const startedAt = performance.now();
  const child = fork(program, [kind, join(folder, "bench.db")], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  await (
    await fetch(url + (loads.get[0]?.path ?? ""), {
      method: "POST",
      body: loads.get[0]?.body ?? "",
      headers: { "Content-Type": "application/json" },
    })
  ).text();
  starts.push(`${kind} ${Math.round(performance.now() - startedAt)} ms`);
  servers.set(kind, child);
  urls.set(kind, url);
}

const results = new Map<string, Round[]>();
for (let round = 0; round < rounds; round++) {
  for (const [kind, load] of contenders) {
    const all = results.get(`${kind} ${load}`) ?? [];
    all.push(await measure(kind, load));
    results.set(`${kind} ${load}`, all);
  }
}

console.log(
  `Node ${process.version}, ${rounds} rounds of ${seconds} s, 64 connections, POST: median (least–most) of bare node:http\n`,
);
console.log(`From process start to the first answer: ${starts.join(", ")}`);
const sizes = await Promise.all(
  [...servers].map(async ([kind, child]) => `${kind} ${Math.round((await usage(child)).rss / 2 ** 20)} MB`),
);
console.log(`Resident memory after the load: ${sizes.join(", ")}\n`);
console.log("|  | calls per second | server CPU per call | p99 |\n| --- | --- | --- | --- |");
for (const [kind, load] of contenders) {
  const own = results.get(`${kind} ${load}`) ?? [];
  const bare = results.get(`bare ${load}`) ?? [];
  const cell = (name: keyof Round, unit: string): string =>
    kind === "bare"
      ? `1 = ${median(bare.map((one) => one[name])).toPrecision(3)}${unit}`
      : ratios(own.map((one, index) => one[name] / (bare[index]?.[name] ?? 1)));
  console.log(`| ${kind}, ${load} | ${cell("rate", "/s")} | ${cell("cpu", " µs")} | ${cell("p99", " ms")} |`);
}
// `pnpm bench` collects the figures.
for (const load of ["get", "search", "create"] as const) {
  const kinds = contenders.flatMap(([kind, of]) => (of === load ? kind : []));
  process.send?.({
    title: `HTTP, 64 connections, ${load}`,
    rounds: Array.from({ length: rounds }, (_, round) =>
      Object.fromEntries(kinds.map((kind) => [names[kind] ?? kind, figures(results.get(`${kind} ${load}`)?.[round])])),
    ),
  });
}
for (const child of servers.values()) child.kill();
rmSync(folder, { recursive: true, force: true });

function figures({ rate = NaN, cpu = NaN, p99 = NaN }: Partial<Round> = {}): Record<string, number> {
  return { "calls per second": rate, "server CPU, µs per call": cpu, "p99, ms": p99 };
}

async function measure(kind: string, load: Load): Promise<Round> {
  const child = servers.get(kind) as ChildProcess;
  const before = await usage(child);
  const result = await autocannon({
    url: urls.get(kind) ?? "",
    connections: 64,
    duration: seconds,
    requests: loads[load].map(({ path, body }) => ({
      method: "POST",
      path,
      body,
      headers: { "Content-Type": "application/json" },
    })),
  });
  const after = await usage(child);
  if (result.non2xx + result.errors > 0)
    throw new Error(`${kind}, ${load}: ${result.non2xx} other statuses, ${result.errors} errors.`);
  const calls = result.requests.total;
  return { rate: result.requests.average, cpu: (after.cpu - before.cpu) / calls, p99: result.latency.p99 };
}

async function usage(child: ChildProcess): Promise<{ cpu: number; rss: number }> {
  child.send("usage");
  const [{ cpu, rss }] = (await once(child, "message")) as [{ cpu: NodeJS.CpuUsage; rss: number }];
  return { cpu: cpu.user + cpu.system, rss };
}

function ratios(values: readonly number[]): string {
  return `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
