/** Servers that keep records in a file: the emulator, and peers that do the same work with as many records. */
import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import { createEmulator } from "@contact-groups/emulator";
import { createSqliteStore } from "@contact-groups/emulator/node";
import { type Process, startProcess } from "./database-process.ts";
import { conversation, requestTo } from "./load.ts";

/** A request, as it is sent over any client. */
export interface DatabaseRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server with a file of records, each of which has a number. */
export interface Database {
  /** Writes the file with records from 0 on. */
  fill(folder: string, records: number): Promise<void>;
  /** Returns the arguments of Node.js that serve the file. */
  command(folder: string, port: number): readonly string[];
  /** Environment variables of the process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Returns a request that reads a record. Its response has the text of `found`. */
  get(record: number): DatabaseRequest;
  readonly found: string;
  /** Returns a request that adds a record. */
  add(record: number): DatabaseRequest;
  /** A request that exports everything. */
  readonly export?: DatabaseRequest;
}

/** Names of databases. */
export type DatabaseName = "json-server" | "Azurite" | "emulator";

const json = { "Content-Type": "application/json" };
const userId = (record: number): string => `user_${record}`;

const jsonServer = (modules: string): Database => ({
  fill: async (folder, records) => {
    const users = Array.from({ length: records }, (_, record) => recordOf(record));
    writeFileSync(join(folder, "db.json"), JSON.stringify({ users }));
  },
  command: (folder, port) => [
    join(modules, "json-server/lib/cli/bin.js"),
    join(folder, "db.json"),
    "--quiet",
    "--host",
    "127.0.0.1",
    "--port",
    `${port}`,
  ],
  get: (record) => ({ path: `/users/${userId(record)}` }),
  found: '"family"',
  add: (record) => ({ method: "POST", path: "/users", headers: json, body: JSON.stringify(recordOf(record)) }),
  export: { path: "/db" },
});

function recordOf(record: number): object {
  return { id: userId(record), group: "family", conversation: "peer_0" };
}

const account = "bench";
const accountKey = Buffer.from("a key of the benchmark").toString("base64");

const azurite = (modules: string): Database => ({
  async fill(folder, records) {
    await using template = await startDatabase("Azurite", this, folder);
    const created = await send(template.url, signed("POST", "/Tables", { TableName: "users" }));
    const added = await send(template.url, this.add(0));
    if (!created.ok || !added.ok) throw new Error(`Azurite rejects a record: ${await added.text()}`);
    // It saves what it has every five seconds, and not when it ends.
    const file = join(folder, "__azurite_db_table__.json");
    const isSaved = (): boolean => readFileSync(file, "utf8").includes(userId(0));
    while (!isSaved()) await setTimeout(100);
    await template.kill();
    writeFileSync(file, multiplied(readFileSync(file, "utf8"), records));
  },
  command: (folder, port) => [
    join(modules, "azurite/dist/src/table/main.js"),
    "--silent",
    "--disableTelemetry",
    "--location",
    folder,
    "--tablePort",
    `${port}`,
  ],
  environment: { AZURITE_ACCOUNTS: `${account}:${accountKey}` },
  get: (record) => signed("GET", `/users(PartitionKey='${userId(record)}',RowKey='groups')`),
  found: '"family"',
  add: (record) => signed("POST", "/users", entityOf(record)),
});

function entityOf(record: number): object {
  const { group, conversation: peer } = recordOf(record) as { readonly group: string; readonly conversation: string };
  return { PartitionKey: userId(record), RowKey: "groups", group, conversation: peer };
}

/** Returns a request with Azurite's signature: https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key */
function signed(method: string, path: string, body?: object): DatabaseRequest {
  const date = new Date().toUTCString();
  const text = `${date}\n/${account}/${account}${path}`;
  const signature = createHmac("sha256", Buffer.from(accountKey, "base64")).update(text).digest("base64");
  const headers = {
    "x-ms-date": date,
    "x-ms-version": "2019-02-02",
    Accept: "application/json",
    Authorization: `SharedKeyLite ${account}:${signature}`,
    ...(body && json),
  };
  return { method, path: `/${account}${path}`, headers, ...(body && { body: JSON.stringify(body) }) };
}

/** The file that Azurite wrote with one record, with as many of the same under other keys. */
function multiplied(text: string, records: number): string {
  interface Entity {
    readonly PartitionKey?: string;
    readonly properties: object;
  }
  interface Collection {
    data: Entity[];
    maxId: number;
    /** Places of the entities in the order of their keys. */
    binaryIndices: Readonly<Record<string, object>>;
  }
  const file = JSON.parse(text) as { readonly collections: readonly Collection[] };
  const collection = file.collections.find(({ data }) => data[0]?.PartitionKey === userId(0));
  if (!collection) throw new Error("Azurite's file has no record.");
  const [first] = collection.data;
  const keys = Array.from({ length: records }, (_, record) => userId(record));
  collection.data = keys.map((PartitionKey, place) => {
    const properties = { ...first!.properties, PartitionKey };
    return { ...first!, PartitionKey, properties, $loki: place + 1 };
  });
  collection.maxId = records;
  const places = [...keys.keys()];
  const byKey = places.toSorted((one, other) => (keys[one]! < keys[other]! ? -1 : 1));
  collection.binaryIndices = {
    PartitionKey: { name: "PartitionKey", dirty: false, values: byKey },
    RowKey: { name: "RowKey", dirty: false, values: places },
  };
  return JSON.stringify(file);
}

const emulator: Database = {
  async fill(folder, records) {
    const filled = createEmulator({ store: createSqliteStore({ path: join(folder, "state.db") }), callsKept: 0 });
    for (let first = 0; first < records; first += 10_000) {
      const users = Array.from({ length: Math.min(10_000, records - first) }, (_, index) => ({
        userId: userId(first + index),
        groups: [{ name: "family" }],
        conversations: [{ ...conversation("peer_0"), groups: ["family"] }],
      }));
      filled.seed({ apps: [{ users, accounts: ["peer_0"] }] });
    }
    await filled.close();
  },
  command: (folder, port) => [
    fileURLToPath(new URL("cli.js", import.meta.resolve("@contact-groups/emulator"))),
    "--no-rate-limit",
    "--quiet",
    "--db",
    join(folder, "state.db"),
    "--port",
    `${port}`,
    "--set",
    "accounts=lenient",
  ],
  get: (record) => service("getContactGroup", { From_Account: userId(record), StartIndex: 0 }),
  found: '"family"',
  add: (record) =>
    service("createContactGroup", {
      From_Account: userId(record),
      GroupContactItem: [{ GroupName: "family", ContactItem: [conversation("peer_0")] }],
    }),
  export: { path: "/__emulator/state" },
};

function service(...request: Parameters<typeof requestTo>): DatabaseRequest {
  return { ...requestTo(...request), method: "POST", headers: json };
}

/** Returns the databases; the peers are in a folder of packages. */
export function databases(modules: string): Readonly<Record<DatabaseName, Database>> {
  return { "json-server": jsonServer(modules), Azurite: azurite(modules), emulator };
}

/** A database that is served. */
export interface ServedDatabase extends Process {
  readonly url: string;
  /** Milliseconds until the first record was read. */
  readonly startMs: number;
}

/** Serves the file of a database, and waits for its first record; without `isFilled`, for its first response. */
export async function startDatabase(
  name: string,
  database: Database,
  folder: string,
  isFilled = false,
): Promise<ServedDatabase> {
  const port = await getPort();
  const url = `http://127.0.0.1:${port}`;
  const begin = performance.now();
  const process = startProcess(database.command(folder, port), database.environment ?? {});
  let text: string | undefined;
  while (text === undefined) {
    text = await send(url, database.get(0)).then(
      (response) => response.text(),
      () => undefined,
    );
    if (!process.isRunning()) throw new Error(`${name} ended before its first response.`);
    await setTimeout(5);
  }
  if (isFilled && !text.includes(database.found)) throw new Error(`${name} has no records: ${text}`);
  return { ...process, url, startMs: performance.now() - begin };
}

/** Sends a request with `fetch`. */
export function send(url: string, { path, ...request }: DatabaseRequest): Promise<Response> {
  return fetch(url + path, request);
}
