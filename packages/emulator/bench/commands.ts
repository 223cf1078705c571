/**
 * The emulator's command beside Prism's, both as they start by default: time to the first good answer, resident memory after a load, and
 * calls per second as multiples of a bare `node:http` server. Linux only, after a build. `PRISM_CLI` names `dist/index.js` of an installed
 * `@stoplight/prism-cli` 5.16.0, which is no dependency of ours: `node bench/commands.ts [seconds per round] [rounds]`.
 */
import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { loads } from "./load.ts";

const [seconds = 3, rounds = 3] = process.argv.slice(2).map(Number);
const prism = process.env["PRISM_CLI"];
if (!prism) throw new Error("Set PRISM_CLI to dist/index.js of an installed @stoplight/prism-cli 5.16.0.");
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const description = fileURLToPath(import.meta.resolve("@contact-groups/openapi/openapi.yaml"));

const commands: Readonly<Record<string, (port: number, folder: string) => string[]>> = {
  emulator: (port, folder) => [
    here("../dist/cli.js"),
    "--port",
    `${port}`,
    "--db",
    join(folder, "state"),
    "--no-rate-limit",
  ],
  prism: (port) => [prism, "mock", "--port", `${port}`, description],
};
const path = loads.get[0]?.path ?? "";
/** Of a user in the state that the emulator begins with. */
const body = JSON.stringify({ From_Account: "user_0001", StartIndex: 0 });
const headers = { "Content-Type": "application/json" };
const bare = fork(here("server.ts"), ["bare"], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
const [{ url: bareUrl }] = (await once(bare, "message")) as [{ url: string }];

const found = new Map(
  Object.keys(commands).map((name) => [name, [] as { first: number; memory: number; rate: number }[]]),
);
for (let round = 0; round < rounds; round++)
  for (const [name, command] of Object.entries(commands)) {
    const folder = mkdtempSync(join(tmpdir(), "commands-"));
    const port = await freePort();
    const startedAt = performance.now();
    const child = spawn(process.execPath, command(port, folder), { stdio: ["ignore", "pipe", "inherit"] });
    // What it prints is read, as a terminal does.
    child.stdout?.resume();
    const url = `http://127.0.0.1:${port}`;
    await firstAnswer(url);
    const first = performance.now() - startedAt;
    const rate = (await callsPerSecond(url)) / (await callsPerSecond(bareUrl));
    found.get(name)?.push({ first, memory: memoryOf(child), rate });
    child.kill();
    await once(child, "exit");
    rmSync(folder, { recursive: true });
  }
bare.kill();

console.log(
  "|  | first good answer, ms | resident memory after the load, MB | get, calls per second / bare node:http |\n| --- | --- | --- | --- |",
);
for (const [name, all] of found)
  console.log(
    `| ${name} | ${spread(all.map((one) => one.first))} | ${spread(all.map((one) => one.memory))} | ${spread(all.map((one) => one.rate))} |`,
  );

async function firstAnswer(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url + path, { method: "POST", body, headers }).catch(() => undefined);
    if (answer && ((await answer.json()) as { ErrorCode: number }).ErrorCode === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function callsPerSecond(url: string): Promise<number> {
  const result = await autocannon({
    url: url + path,
    connections: 64,
    duration: seconds,
    method: "POST",
    body,
    headers,
  });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} other statuses, ${result.errors} errors.`);
  return result.requests.average;
}

function memoryOf({ pid }: ChildProcess): number {
  const [, kilobytes = NaN] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  const show = (value = NaN): string => (value < 10 ? value.toFixed(3) : value.toFixed(0));
  return `${show(sorted[sorted.length >> 1])} (${show(sorted[0])}–${show(sorted.at(-1))})`;
}
