import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { installPeers } from "../peers.ts";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";
import { type Database, type DatabaseName, databases, type ServedDatabase, startDatabase } from "./databases.ts";
import { conversation } from "./load.ts";
import { keptAfterKills } from "./kills.ts";
import { type Latency, probe } from "./probe.ts";
import { doWork, type Done, type Work } from "./whole-state-work.ts";

export const about =
  "Each command with a file of as many records: users with a group of one conversation. Another process reads a record every 10 ms, and the times are those of these reads. Memory is resident. json-server and Azurite's table service are the peers where they do the same work: both start with records, and json-server exports them all at once. Not on Windows.";
export const peers: Program["peers"] = [];

/** Figures of a round, by what is compared. */
type Figures = Record<string, Record<string, number>>;

/** Number of records that json-server exports while they are read: it goes through all for each read. */
const exported = 100_000;

/** Milliseconds of reading when nothing else goes on. */
const idleMs = 10_000;

export async function* measure({ quick, folder }: Circumstances): AsyncGenerator<Report> {
  const { modules, versions } = await installPeers();
  const all = databases(modules);
  const label = (name: string): string => {
    const version = versions[name.toLowerCase()];
    return version === undefined ? name : `${name} ${version}`;
  };
  const records = quick ? 100_000 : 1_000_000;
  const rounds = 3;
  const names = Object.keys(all) as DatabaseName[];
  const starts: Figures[] = Array.from({ length: rounds }, () => ({}));
  for (const name of names) {
    const place = await filled(all[name], join(folder, name), records);
    for (const start of starts) {
      await using server = await startDatabase(name, all[name], place, true);
      start[label(name)] = { "first success, ms": server.startMs, "memory, MB": await server.memory() };
    }
  }
  yield { title: `Start with ${records} records`, rounds: starts };

  const exports: Figures[] = Array.from({ length: rounds }, () => ({}));
  for (const name of names) {
    const { export: work } = all[name];
    if (!work) continue;
    const place = await filled(all[name], join(folder, `${name} for an export`), exported);
    for (const figures of exports) {
      await using server = await startDatabase(name, all[name], place, true);
      const reader: Reader = { server, database: all[name], records: exported, everyMs: 100 };
      const { idle, memory } = await idleFigures(reader);
      const { during, done } = await figuresDuring(reader, work);
      figures[label(name)] = {
        "p50 of a read when idle, ms": idle.p50,
        "longest when idle, ms": idle.max,
        "longest meanwhile, ms": during.max,
        "export, s": done.seconds,
        "memory over idle, MB": atLeastOne(done.memory - memory),
      };
    }
  }
  yield { title: `A read every 100 ms while ${exported} records are exported`, rounds: exports };
  yield* emulatorWork(all.emulator, { folder, records, rounds });
  yield await keptAfterKills(all, label, join(folder, "kills"), quick ? 3 : 10);
}

/** What reads records of a server. */
interface Reader {
  readonly server: ServedDatabase;
  readonly database: Database;
  readonly records: number;
  readonly everyMs?: number;
}

/** Creates a folder with a filled file. */
async function filled(database: Database, folder: string, records: number): Promise<string> {
  mkdirSync(folder);
  await database.fill(folder, records);
  return folder;
}

function read(
  { server, database, records, everyMs }: Reader,
  work: Promise<unknown>,
  found = database.found,
): Promise<Latency> {
  return probe(server.url, () => database.get(Math.floor(Math.random() * records)), found, work, everyMs);
}

/** Reads for some seconds, after as many of warm-up. */
async function idleFigures(reader: Reader): Promise<{ readonly idle: Latency; readonly memory: number }> {
  await read(reader, setTimeout(idleMs));
  const idle = await read(reader, setTimeout(idleMs));
  return { idle, memory: await reader.server.memory() };
}

async function figuresDuring(
  reader: Reader,
  work: Work,
  found?: string,
): Promise<{ readonly during: Latency; readonly done: Done }> {
  const { server } = reader;
  const doing = doWork({ url: server.url, pid: server.pid, work });
  const during = await read(reader, doing, found);
  return { during, done: await doing };
}

/** Memory that did not grow counts as 1 MB. */
function atLeastOne(megabytes: number): number {
  return Math.max(megabytes, 1);
}

const lines = "application/x-ndjson";

/** Measures everything that only the emulator does. The last work restores the state of the first. */
async function* emulatorWork(
  database: Database,
  { folder, records, rounds }: { readonly folder: string; readonly records: number; readonly rounds: number },
): AsyncGenerator<Report> {
  const [state, addition] = ["state.ndjson", "addition.ndjson"].map((name) => join(folder, name)) as [string, string];
  writeFileSync(addition, additionOf(records / 10));
  const asLines = { "Content-Type": lines };
  const works: Readonly<Record<string, Work>> = {
    "export as JSON": { method: "GET", path: "/__emulator/state" },
    "export as lines": { method: "GET", path: "/__emulator/state", headers: { Accept: lines }, to: state },
    backup: { method: "GET", path: "/__emulator/backup", to: join(folder, "backup.db") },
    "seed of a tenth": { method: "POST", path: "/__emulator/seed", headers: asLines, from: addition },
    // What was replaced is deleted after the response.
    reset: { method: "POST", path: "/__emulator/reset", afterMs: 5000 },
    "import of lines": { method: "PUT", path: "/__emulator/state", headers: asLines, from: state },
  };
  const latencies: Figures[] = [];
  const values: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    await using server = await startDatabase("emulator", database, join(folder, "emulator"), true);
    const reader: Reader = { server, database, records };
    const { idle, memory } = await idleFigures(reader);
    const figures = { idle: columns(idle) };
    const note = (name: string, figure: number): void => void (values[name] ??= []).push(figure);
    note("start, s", server.startMs / 1000);
    note("memory when idle, MB", memory);
    for (const [name, work] of Object.entries(works)) {
      // After the reset, users have no groups.
      const { during, done } = await figuresDuring(reader, work, '"OK"');
      Object.assign(figures, { [name]: columns(during) });
      note(`${name}, s`, done.seconds);
      note(`${name}, MB over idle`, atLeastOne(done.memory - memory));
    }
    latencies.push(figures);
  }
  yield { title: `A read while the whole state of ${records} users is used`, rounds: latencies };
  yield { title: `Work with the whole state of ${records} users`, values };
}

function columns({ p50, p99, max }: Latency): Record<string, number> {
  return { "p50, ms": p50, "p99, ms": p99, "longest, ms": max };
}

/** Returns lines of users that no state has, each as long as those of an export. */
function additionOf(users: number): string {
  const perLine = 25;
  const userOf = (index: number) => ({
    userId: `added_${index}`,
    groups: [{ name: "family" }],
    conversations: [{ ...conversation("peer_0"), groups: ["family"] }],
  });
  const lineOf = (line: number): string =>
    JSON.stringify({ users: Array.from({ length: perLine }, (_, index) => userOf(line * perLine + index)) });
  return Array.from({ length: users / perLine }, (_, line) => `${lineOf(line)}\n`).join("");
}
