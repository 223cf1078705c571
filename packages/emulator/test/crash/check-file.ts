import { DatabaseSync } from "node:sqlite";
import { createMemoryState } from "../../src/store/memory.ts";
import { createSqliteState } from "../../src/store/sqlite.ts";
import { allUsers, type StateStore, type UserKey } from "../../src/store/store.ts";
import { seedStore, takeSnapshot } from "../../src/seed.ts";
import { sdkAppIds } from "../model/names.ts";

/**
 * What is wrong with a file after a kill: what SQLite finds, what is half written, and what `look` finds in it.
 */
export async function checkFile(
  path: string,
  look: (store: StateStore) => readonly string[] | Promise<readonly string[]> = () => [],
): Promise<readonly string[]> {
  // The emulator comes first, as after any crash.
  const store = createSqliteState({ path });
  const violations = [...(await look(store)), ...halfWritten(store)];
  store.close();
  const database = new DatabaseSync(path);
  const integrity = database
    .prepare("PRAGMA integrity_check")
    .all()
    .map((row) => String(row["integrity_check"]));
  database.close();
  return [...integrity.filter((line) => line !== "ok"), ...violations];
}

/** All counts have to be those of a store that was seeded with the same. */
function halfWritten(store: StateStore): string[] {
  const again = createMemoryState();
  seedStore(takeSnapshot(store), again, { sdkAppId: sdkAppIds[0], now: 0 });
  return store.apps().flatMap((sdkAppId) =>
    [...allUsers(store, sdkAppId)].flatMap((userId) => {
      const key = { sdkAppId, userId };
      const isWhole =
        JSON.stringify([counts(store, key), store.groups(key)]) ===
        JSON.stringify([counts(again, key), again.groups(key)]);
      return isWhole ? [] : [`${userId} of ${sdkAppId} is half written`];
    }),
  );
}

/** A seed has no orders that are free again, so the next order is another. */
function counts(store: StateStore, key: UserKey): unknown {
  return { ...store.user(key), nextOrder: undefined };
}
