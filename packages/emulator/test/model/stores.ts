import { createMemoryStore, type Store } from "../../src/index.ts";
import { createSqliteStore } from "../../src/store/sqlite.ts";

/** Every store that there is, by its name. */
export const stores: Readonly<Record<string, () => Store>> = {
  memory: createMemoryStore,
  SQLite: () => createSqliteStore({ path: ":memory:" }),
};
