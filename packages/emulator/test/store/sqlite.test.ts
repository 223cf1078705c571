import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { createSqliteState } from "../../src/store/sqlite.ts";
import type { ConversationRow } from "../../src/store/store.ts";
import { seedStore, takeSnapshot } from "../../src/seed.ts";
import { describeStore } from "../store-suite.ts";
import { createFolder } from "./folder.ts";

const folder = createFolder();
afterAll(folder.remove);

describeStore("in a SQLite file", () => createSqliteState({ path: folder.newFile() }));
describeStore("in a SQLite file that is less durable", () =>
  createSqliteState({ path: folder.newFile(), durability: "normal" }),
);
describeStore("in SQLite without a file", () => createSqliteState({ path: ":memory:" }));

const seed = {
  apps: [
    {
      sdkAppId: Number.MAX_SAFE_INTEGER,
      accounts: ["ann"],
      chatGroups: [{ id: "@TGS#1", members: ["ann", "ann"] }],
      users: [
        {
          userId: "bob",
          groups: [{ name: "family" }],
          conversations: [{ Type: 2, ToGroupId: "@TGS#1", groups: ["family"], customMark: "x" }],
          lastGroupId: Number.MAX_SAFE_INTEGER,
          nextPosition: 2 ** 53 - 1,
        },
      ],
    },
  ],
} as const;

test("a file that is opened again has everything", () => {
  const path = folder.newFile();
  const before = createSqliteState({ path });
  seedStore(seed, before, { sdkAppId: 1, now: 0 });
  const snapshot = takeSnapshot(before);
  before.close();
  const after = createSqliteState({ path });
  expect(takeSnapshot(after)).toEqual(snapshot);
  expect(after.user({ sdkAppId: Number.MAX_SAFE_INTEGER, userId: "bob" })?.nextPosition).toBe(2 ** 53 - 1);
  after.close();
});

test("what is left of a draft that was dropped is deleted without another write", async () => {
  const store = createSqliteState({ path: folder.newFile() });
  const draft = store.draft();
  draft.transaction((writer) => writer.saveAccount(1, "ann"));
  draft.drop();
  expect(store.isSwept()).toBe(false);
  await expect.poll(() => store.isSwept()).toBe(true);
  store.close();
});

test("close leaves one file, and can be called twice", () => {
  const path = folder.newFile();
  const store = createSqliteState({ path });
  store.transaction((writer) => writer.saveAccount(1, "ann"));
  expect(existsSync(`${path}-wal`)).toBe(true);
  store.close();
  store.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
});

test("returns numbers up to 2^53 unchanged", () => {
  const store = createSqliteState({ path: ":memory:" });
  const key = { sdkAppId: 1, userId: "ann" };
  const json = "{}" as ConversationRow["json"];
  const row = { type: 1, groups: [], standardMark: "", customMark: "x", timestamp: 2 ** 53, json } as const;
  store.transaction((writer) => {
    for (const position of [2 ** 53 - 1, 2 ** 53])
      writer.saveConversation(key, { ...row, id: `${position}`, position });
  });
  expect(store.page(key, 0, 1)).toEqual({ json: "{}", next: 2 ** 53 });
  expect([...store.conversations(key)].map(({ position }) => position)).toEqual([2 ** 53 - 1, 2 ** 53]);
  expect(store.conversation(key, { type: 1, id: `${2 ** 53}` })?.timestamp).toBe(2 ** 53);
});

test("deletes the rows of states that were replaced or never used, also those of a process that ended", async () => {
  const path = folder.newFile();
  const store = createSqliteState({ path });
  const many = { apps: [{ users: Array.from({ length: 400 }, (_, index) => ({ userId: `user_${index}` })) }] };
  const defaults = { sdkAppId: 1, now: 0 };
  seedStore(many, store, defaults);
  seedStore(seed, store, defaults);
  const kept = takeSnapshot(store);
  for (const isUsed of [true, false]) {
    const draft = store.draft();
    const fail = (): never =>
      draft.transaction((writer) => {
        seedStore(seed, writer, defaults);
        throw new Error("stop");
      });
    expect(fail).toThrow("stop");
    seedStore(kept, draft, defaults);
    if (isUsed) draft.use([Number.MAX_SAFE_INTEGER, 1]);
  }
  store.close();
  expect(rowsOf(path)).toBeGreaterThan(3 * 800);

  const after = createSqliteState({ path });
  await expect.poll(() => after.isSwept()).toBe(true);
  expect(takeSnapshot(after)).toEqual(kept);
  after.transaction((writer) => writer.clear(Number.MAX_SAFE_INTEGER));
  await expect.poll(() => after.isSwept()).toBe(true);
  after.close();
  expect(rowsOf(path)).toBe(800);
});

test("keeps the rows of a draft while it deletes others", async () => {
  const store = createSqliteState({ path: ":memory:" });
  const defaults = { sdkAppId: 1, now: 0 };
  seedStore(seed, store, defaults);
  const kept = takeSnapshot(store);
  const [draft, dropped] = [store.draft(), store.draft()];
  for (const each of [draft, dropped]) seedStore(kept, each, defaults);
  dropped.drop();
  store.transaction((writer) => writer.clear());
  await expect.poll(() => store.isSwept()).toBe(true);
  expect(takeSnapshot(store)).toEqual({ apps: [] });
  draft.use([Number.MAX_SAFE_INTEGER, 1]);
  const undo = (): never =>
    store.transaction((writer) => {
      writer.clear();
      throw new Error("stop");
    });
  expect(undo).toThrow("stop");
  store.transaction((writer) => writer.saveAccount(1, "ann"));
  await expect.poll(() => store.isSwept()).toBe(true);
  expect(takeSnapshot(store).apps.at(-1)).toEqual(kept.apps[0]);
});

/** Counts the rows of all spaces. */
function rowsOf(path: string): number {
  const database = new DatabaseSync(path);
  const counts = ["account", "chat_group", "chat_group_member", "kept"].map(
    (table) => `SELECT count(*) AS count FROM ${table}`,
  );
  const row = database.prepare(`SELECT sum(count) AS count FROM (${counts.join(" UNION ALL ")})`).get();
  database.close();
  return Number(row?.["count"]);
}

test("counts what is kept, as the store in memory does", () => {
  const store = createSqliteState({ path: ":memory:" });
  seedStore(seed, store, { sdkAppId: 1, now: 0 });
  expect(store.counts()).toEqual({ accounts: 2, chatGroups: 1, users: 1 });
});
