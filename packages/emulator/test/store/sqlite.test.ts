import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { createSqliteStore } from "../../src/store/sqlite.ts";
import { describeStore } from "../store-suite.ts";

const folder = mkdtempSync(join(tmpdir(), "contact-groups-store-"));
let files = 0;
const file = (): string => join(folder, `${files++}.db`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStore("in a SQLite file", () => createSqliteStore({ path: file() }));
describeStore("in SQLite without a file", () => createSqliteStore({ path: ":memory:" }));

const ann = { sdkAppId: 1, userId: "ann" };

test("a file that is opened again has everything", () => {
  const path = file();
  const before = createSqliteStore({ path });
  before.saveAccount(1, "ann");
  before.saveGroup(ann, { id: 1, name: "a\0b😀", size: 0 });
  before.close();
  const after = createSqliteStore({ path });
  expect([after.hasAccount(1, "ann"), after.groups(ann)]).toEqual([true, [{ id: 1, name: "a\0b😀", size: 0 }]]);
  after.close();
});

test("a file that is in use is refused at once, and says so", () => {
  const path = file();
  const first = createSqliteStore({ path });
  expect(() => createSqliteStore({ path })).toThrow(/another process has it open/);
  first.close();
  createSqliteStore({ path }).close();
});

test.each([
  ["is no database", (path: string) => writeFileSync(path, "x".repeat(4096)), /not a SQLite database/],
  ["belongs to another program", (path: string) => withDatabase(path, "CREATE TABLE t (a)"), /another program/],
  ["is from a newer emulator", makeNewer, /newer emulator/],
])("a file that %s is refused and left as it was", (_, make, reason) => {
  const path = file();
  make(path);
  expect(() => createSqliteStore({ path })).toThrow(reason);
});

test("a folder that does not exist is named", () => {
  expect(() => createSqliteStore({ path: join(folder, "none", "a.db") })).toThrow(/none.*cannot be opened/);
});

function withDatabase(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

function makeNewer(path: string): void {
  createSqliteStore({ path }).close();
  withDatabase(path, "PRAGMA user_version = 99");
}
