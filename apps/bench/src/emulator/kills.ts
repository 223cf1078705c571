import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Listing } from "../report.ts";
import { type Database, send, startDatabase } from "./databases.ts";

const connections = 16;
/** Milliseconds of writing until the first kill and the last one, between which the others are spread. */
const [shortest, longest] = [500, 8000];

/** Kills each database while records are added, and counts those that were acknowledged and are there afterwards. */
export async function keptAfterKills(
  all: Readonly<Record<string, Database>>,
  label: (name: string) => string,
  folder: string,
  kills: number,
): Promise<Listing> {
  const values: Record<string, readonly number[]> = {};
  for (const [name, database] of Object.entries(all)) {
    const total = { acknowledged: 0, kept: 0 };
    for (let kill = 0; kill < kills; kill++) {
      const place = join(folder, name, `${kill}`);
      mkdirSync(place, { recursive: true });
      const after = shortest + ((longest - shortest) * kill) / Math.max(kills - 1, 1);
      const { acknowledged, kept } = await killed(name, database, place, after);
      total.acknowledged += acknowledged;
      total.kept += kept;
    }
    values[`${label(name)}: acknowledged writes`] = [total.acknowledged];
    values[`${label(name)}: of these kept, %`] = [(100 * total.kept) / total.acknowledged];
  }
  return { title: `${kills} times kill -9 while ${connections} connections write`, values };
}

async function killed(
  name: string,
  database: Database,
  folder: string,
  afterMs: number,
): Promise<{ readonly acknowledged: number; readonly kept: number }> {
  await database.fill(folder, 100);
  const server = await startDatabase(name, database, folder);
  const acknowledged: number[] = [];
  let next = 100;
  const writer = async (): Promise<void> => {
    for (;;) {
      const record = next++;
      const response = await send(server.url, database.add(record));
      const text = await response.text();
      if (!response.ok || text.includes("FAIL")) throw new Error(`${name} rejects a record: ${text}`);
      acknowledged.push(record);
    }
  };
  const writing = Promise.allSettled(Array.from({ length: connections }, writer));
  await setTimeout(afterMs);
  if (!server.isRunning()) throw new Error(`${name} ended before it was killed.`);
  await server.kill();
  await writing;
  return { acknowledged: acknowledged.length, kept: await countKept(name, database, folder, acknowledged) };
}

/** Counts the records that are there after a restart; a server that cannot read its file has none. */
async function countKept(
  name: string,
  database: Database,
  folder: string,
  records: readonly number[],
): Promise<number> {
  const server = await startDatabase(name, database, folder).catch(() => undefined);
  if (!server) return 0;
  await using _ = server;
  let kept = 0;
  for (const record of records) {
    const text = await (await send(server.url, database.get(record))).text();
    if (text.includes(database.found)) kept++;
  }
  return kept;
}
