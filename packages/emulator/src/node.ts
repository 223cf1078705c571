/** The part of the package that needs Node.js. */
export { createSqliteStore } from "./store/sqlite.ts";
export type { SqliteStoreOptions } from "./store/sqlite.ts";
