import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { createSqliteState } from "../../src/store/sqlite.ts";
import type { UserRow } from "../../src/store/store.ts";
import { StoreFileError } from "../../src/store/sqlite-error.ts";
import { createFolder } from "./folder.ts";

const folder = createFolder();
afterAll(folder.remove);

test("rejects at once a file that another process has open, until that process ends", async () => {
  const path = folder.newFile();
  const before = createSqliteState({ path });
  before.transaction((writer) => writer.saveAccount(1, "ann"));
  before.close();
  const holder = spawn(process.execPath, ["--input-type=module", "--eval", program(path)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  expect(() => createSqliteState({ path })).toThrow(
    `The database ${path} cannot be used: it is already open, in this process or another.`,
  );
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const store = createSqliteState({ path });
  expect(store.hasAccount(1, "ann")).toBe(true);
  store.close();
});

test("rejects a file that is open in this process, also when it was only read", () => {
  const path = folder.newFile();
  createSqliteState({ path }).close();
  const first = createSqliteState({ path });
  expect(() => createSqliteState({ path })).toThrow(/it is already open, in this process or another/);
  expect(() => withDatabase(path, "DELETE FROM account")).toThrow(/locked/);
  first.close();
  createSqliteState({ path }).close();
});

test.each<[string, (path: string) => void, RegExp]>([
  ["is not a database", (path) => writeFileSync(path, "x".repeat(4096)), /: it is not a SQLite database\. Choose/],
  [
    "belongs to another program",
    (path) => withDatabase(path, "CREATE TABLE t (a)"),
    /: it belongs to another program\./,
  ],
  [
    "is empty but marked by another program",
    (path) => withDatabase(path, "PRAGMA user_version = 3"),
    /another program/,
  ],
  [
    "is from an older emulator",
    (path) => makeOther(path, 1),
    /: an older emulator wrote it, in format 1; this one supports format 2\. Export it with the emulator that wrote it/,
  ],
  [
    "is from a newer emulator",
    (path) => makeOther(path, 99),
    /: a newer emulator wrote it, in format 99; this one supports format 2\. Update/,
  ],
  ["is truncated", (path) => cut(path), /: it is damaged\. Restore it from a copy/],
  ["has a broken list of tables", (path) => scratch(path, 100), /: it is damaged\. Restore it from a copy/],
])("rejects a file that %s, and does not change it", (_, make, reason) => {
  const path = folder.newFile();
  make(path);
  const before = readFileSync(path);
  expect(() => createSqliteState({ path })).toThrow(reason);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test("closes a file that it rejects", () => {
  const path = folder.newFile();
  makeOther(path, 99);
  expect(() => createSqliteState({ path })).toThrow(/newer/);
  withDatabase(path, "PRAGMA user_version = 2");
  createSqliteState({ path }).close();
});

test("names a folder that does not exist", () => {
  const path = join(folder.path, "none", "a.sqlite");
  expect(() => createSqliteState({ path })).toThrow(
    `${path} cannot be used: it cannot be opened. It must be a file in a folder that exists`,
  );
});

test("rejects a folder in place of the file", () => {
  const path = folder.newFile();
  mkdirSync(path);
  expect(() => createSqliteState({ path })).toThrow(/cannot be opened/);
});

test("a damaged page is an error of the call that reads it, not of others", () => {
  const path = folder.newFile();
  const store = createSqliteState({ path });
  store.transaction((writer) => {
    writer.saveAccount(1, "ann");
    writer.saveUser({ sdkAppId: 1, userId: "ann" }, row);
  });
  store.close();
  scratch(path, pageOf(path, "account"));
  const damaged = createSqliteState({ path });
  expect(() => damaged.hasAccount(1, "ann")).toThrow(
    `The database ${path} cannot be used: it is damaged. Restore it from a copy, or choose another file.`,
  );
  expect(damaged.user({ sdkAppId: 1, userId: "ann" })).toEqual(row);
  damaged.close();
});

test.each<[string, string, (place: string) => void]>([
  ["a file", "cannot write it", (place) => chmodSync(join(place, "a.sqlite"), 0o444)],
  ["the folder of a file", "cannot write its folder", (place) => chmodSync(place, 0o555)],
  [
    "the folder of a new file",
    "cannot write its folder",
    (place) => (rmSync(join(place, "a.sqlite")), chmodSync(place, 0o555)),
  ],
])("rejects %s that the user cannot write", async (_, reason, protect) => {
  const place = folder.newFile();
  mkdirSync(place);
  const path = join(place, "a.sqlite");
  createSqliteState({ path }).close();
  chmodSync(folder.path, 0o755);
  protect(place);
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program(path, asNobody)], { stdio: "pipe" });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += String(chunk)));
  child.stdin.end();
  await once(child, "close");
  chmodSync(place, 0o755);
  expect(errors).toContain(`The database ${path} cannot be used: this user ${reason}`);
});

test.each([
  [{ path: "" }, /^path must be/],
  [{ path: undefined as unknown as string }, /^path must be/],
  [{ path: ":memory:", durability: "off" as "full" }, /^durability must be "full" or "normal"/],
])("rejects the options %o and names the invalid one", (options, message) => {
  expect(() => createSqliteState(options)).toThrow(TypeError);
  expect(() => createSqliteState(options)).toThrow(message);
});

test.each([
  [3, "is not allowed to read or write it"],
  [8, "is read-only"],
  [8 | (4 << 8), "is read-only"],
  [10, "cannot be read or written \\(disk I/O error\\)"],
  [13, "the disk is full"],
])("explains SQLite's result code %i", (errcode, words) => {
  const error = StoreFileError.from("a.sqlite", Object.assign(new Error("SQLite's own"), { errcode }));
  expect(error.message).toMatch(
    new RegExp(`^The database a.sqlite cannot be used: .*${words}.*choose another file\\.$`),
  );
});

test("passes on any other error with its message", () => {
  const cause = Object.assign(new Error("SQLite's own"), { errcode: 20 });
  expect(StoreFileError.from("a.sqlite", cause)).toMatchObject({
    message: "The database a.sqlite cannot be used: SQLite's own.",
    cause,
  });
});

const row = {
  lastGroupId: 1,
  nextPosition: 2,
  nextOrder: 3,
  groups: 4,
  grouped: 5,
  marked: 6,
  kept: 7,
  groupsJson: "{}" as UserRow["groupsJson"],
};

/** The administrator could write everything. Nobody else may be able to read the repository, so everything is loaded before. */
const asNobody = "if (process.getuid?.() === 0) process.setuid(65534);";

/** Opens the file, prints that, and keeps it open. */
function program(path: string, first = ""): string {
  const module = new URL("../../src/store/sqlite.ts", import.meta.url).href;
  return `import { createSqliteState } from ${JSON.stringify(module)};
    ${first}
    createSqliteState({ path: ${JSON.stringify(path)} });
    console.log("open");
    process.stdin.resume();`;
}

function withDatabase(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

function makeOther(path: string, format: number): void {
  createSqliteState({ path }).close();
  withDatabase(path, `PRAGMA user_version = ${format}`);
}

function cut(path: string): void {
  createSqliteState({ path }).close();
  truncateSync(path, 4096);
}

/** Overwrites a page from there on. */
function scratch(path: string, offset: number): void {
  if (offset < 4096) createSqliteState({ path }).close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, offset, offset + 1000);
  writeFileSync(path, bytes);
}

function pageOf(path: string, table: string): number {
  const database = new DatabaseSync(path);
  const root = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(table);
  database.close();
  return (Number(root?.["rootpage"]) - 1) * 4096;
}
