/** What needs Node. A page and a worker get along without it: this module is only loaded by `listen`, or by its own entry. */
export { listen } from "./node/listen.ts";
export { createSqliteStore, type SqliteStoreOptions } from "./store/sqlite.ts";
