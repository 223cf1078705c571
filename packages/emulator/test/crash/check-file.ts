import { DatabaseSync } from "node:sqlite";
import { createMemoryState } from "../../src/store/memory.ts";
import { createSqliteState } from "../../src/store/sqlite.ts";
import { allUsers, type StateStore, type UserKey } from "../../src/store/store.ts";
import { seedStore, takeSnapshot } from "../../src/seed.ts";
import type { Confirmed } from "./write-until-killed.ts";

/**
 * What is wrong with a file after a kill: what SQLite finds, what was confirmed and is missing, and what is half written.
 *
 * @param size Number of conversations of each group, where all have the same.
 */
export function checkFile(path: string, confirmed: Confirmed = new Map(), size?: number): readonly string[] {
  // The emulator comes first, as after any crash.
  const store = createSqliteState({ path });
  const violations = [...missing(store, confirmed), ...halfWritten(store, size)];
  store.close();
  const database = new DatabaseSync(path);
  const integrity = database
    .prepare("PRAGMA integrity_check")
    .all()
    .map((row) => String(row["integrity_check"]));
  database.close();
  return [...integrity.filter((line) => line !== "ok"), ...violations];
}

function missing(store: StateStore, confirmed: Confirmed): string[] {
  return [...confirmed].flatMap(([userId, names]) => {
    const kept = new Set(store.groups({ sdkAppId: 1400000000, userId }).map(({ name }) => name));
    return [...names].filter((name) => !kept.has(name)).map((name) => `${userId} has no ${name}`);
  });
}

/** All counts have to be those of a store that was seeded with the same. */
function halfWritten(store: StateStore, size: number | undefined): string[] {
  const again = createMemoryState();
  seedStore(takeSnapshot(store), again, { sdkAppId: 1400000000, now: 0 });
  return store.apps().flatMap((sdkAppId) =>
    [...allUsers(store, sdkAppId)].flatMap((userId) => {
      const key = { sdkAppId, userId };
      const groups = store.groups(key);
      const isWhole =
        groups.every((group) => size === undefined || group.size === size) &&
        JSON.stringify([counts(store, key), groups]) === JSON.stringify([counts(again, key), again.groups(key)]);
      return isWhole ? [] : [`${userId} is half written`];
    }),
  );
}

/** A seed has no orders that are free again, so the next order is another. */
function counts(store: StateStore, key: UserKey): unknown {
  return { ...store.user(key), nextOrder: undefined };
}
