/** What happens to the file while it is open: it is copied, deleted, replaced, or backed up. */
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { createSqliteState } from "../../src/store/sqlite.ts";
import { allAccounts, type StateStore } from "../../src/store/store.ts";
import { createFolder } from "./folder.ts";

const folder = createFolder();
afterAll(folder.remove);

const save = (store: StateStore, userId: string): void => store.transaction((writer) => writer.saveAccount(1, userId));
const accountsOf = (path: string): readonly string[] => {
  const store = createSqliteState({ path });
  const accounts = [...allAccounts(store, 1)];
  store.close();
  return accounts;
};

/** Writes a backup to a new file. */
async function backUp(store: StateStore): Promise<string> {
  const path = folder.newFile();
  const pieces: Uint8Array[] = [];
  for await (const piece of store.backup!()) pieces.push(piece);
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

test("rejects a copy without the -wal file of a file that was open, and does not change it", () => {
  const [path, copy] = [folder.newFile(), folder.newFile()];
  const store = createSqliteState({ path });
  save(store, "ann");
  copyFileSync(path, copy);
  const before = readFileSync(copy);
  for (const _ of [1, 2])
    expect(() => createSqliteState({ path: copy })).toThrow(
      `${copy} cannot be used: it was copied while an emulator had it open, without the file ${copy}-wal, which has the latest changes. Copy it again with the command backup`,
    );
  expect(readFileSync(copy).equals(before)).toBe(true);
  expect(existsSync(`${copy}-wal`)).toBe(false);

  copyFileSync(`${path}-wal`, `${copy}-wal`);
  expect(accountsOf(copy)).toEqual(["ann"]);
  copyFileSync(path, copy);
  writeFileSync(`${copy}-wal`, "");
  expect(accountsOf(copy)).toEqual([]);
  store.close();
  copyFileSync(path, copy);
  expect(accountsOf(copy)).toEqual(["ann"]);
});

test.each<[string, (path: string) => void, RegExp]>([
  ["deleted", (path) => rmSync(path), /: it was deleted or replaced while the emulator had it open/],
  ["moved", (path) => renameSync(path, `${path}-moved`), /: it was deleted or replaced/],
  [
    "replaced",
    (path) => {
      copyFileSync(path, `${path}-other`);
      renameSync(`${path}-other`, path);
    },
    /: it was deleted or replaced/,
  ],
  ["left without its -wal file", (path) => rmSync(`${path}-wal`), /: the file .*-wal was deleted or replaced/],
])("a file that was %s is no longer written, but read and backed up", async (_, change, reason) => {
  const path = folder.newFile();
  const store = createSqliteState({ path });
  save(store, "ann");
  expect(store.checkPlace).not.toThrow();
  change(path);
  expect(store.checkPlace).toThrow(reason);
  expect(() => save(store, "bob")).toThrow(reason);
  expect(store.transaction((writer) => [...allAccounts(writer, 1)])).toEqual(["ann"]);
  expect(accountsOf(await backUp(store))).toEqual(["ann"]);
  store.close();
});

test.each([
  ["calls write", 1000],
  ["another state is written", 100],
])("a backup has what was there at its beginning while %s", async (_, length) => {
  const path = folder.newFile();
  const store = createSqliteState({ path });
  store.transaction((writer) => {
    for (let number = 0; number < 20_000; number++) writer.saveAccount(1, `user_${number}`);
  });
  const backup = folder.newFile();
  const pieces: Uint8Array[] = [];
  const draft = store.draft();
  for await (const piece of store.backup!()) {
    pieces.push(piece);
    // Enough that it would be brought into the file otherwise, between what is there.
    store.transaction((writer) => {
      for (let number = 0; number < 20_000; number++)
        writer.saveAccount(1, `user_${number}_${pieces.length}_${"x".repeat(length)}`);
    });
    draft.transaction((writer) => writer.saveAccount(1, "ann"));
    await expect(store.backup!().next()).rejects.toThrow("Another backup is running. Try again when it has ended.");
  }
  expect(pieces.length).toBeGreaterThan(1);
  writeFileSync(backup, Buffer.concat(pieces));
  expect(accountsOf(backup)).toEqual(Array.from({ length: 20_000 }, (__, number) => `user_${number}`).toSorted());
  const later = 20_000 * (1 + pieces.length);
  expect(accountsOf(await backUp(store))).toHaveLength(later);
  store.close();
  expect(accountsOf(path)).toHaveLength(later);
});

test("a backup that its reader leaves ends, and one of a store that is closed fails", async () => {
  const store = createSqliteState({ path: folder.newFile() });
  for await (const piece of store.backup!()) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  store.transaction((writer) => {
    for (let number = 0; number < 20_000; number++) writer.saveAccount(1, `user_${number}`);
  });
  const backup = store.backup!();
  await backup.next();
  store.close();
  await expect(backup.next()).rejects.toThrow("it was closed before the backup was complete.");
});

test("without a file there is no backup", () => {
  expect(createSqliteState({ path: ":memory:" }).backup).toBeUndefined();
});
