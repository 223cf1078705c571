/** What only Node has. */
export { createSqliteStore } from "./store/sqlite.ts";
export type { SqliteStoreOptions } from "./store/sqlite.ts";
