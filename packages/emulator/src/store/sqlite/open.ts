import { DatabaseSync } from "node:sqlite";
import { StoreFileError } from "./file-error.ts";
import { applicationId, schema, schemaVersion } from "./schema.ts";

/** As much as SQLite maps at most. */
const mappedBytes = 0x7fff_0000;

/** What a write outlives: `full` a power cut, `normal` the end of the process. */
export type Durability = "full" | "normal";

/**
 * Opens a file for one user alone, makes its tables when it is new, and makes something of it. Throws a `StoreFileError` when that cannot
 * be done; a file that is not the emulator's is left as it was.
 */
export function openFile<Made>(path: string, durability: Durability, make: (database: DatabaseSync) => Made): Made {
  checkOptions(path, durability);
  let database: DatabaseSync | undefined;
  try {
    // Whoever has the file keeps it until the end, so it would be no use to wait.
    database = new DatabaseSync(path, { timeout: 0 });
    // In this mode, SQLite takes a file in WAL mode for itself with the first read, and keeps the index of the WAL in memory.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    const isNew = checkContent(database, path);
    database.exec(settings(durability));
    if (isNew) database.exec(`BEGIN; ${schema} COMMIT`);
    return make(database);
  } catch (error) {
    database?.close();
    throw StoreFileError.from(path, error);
  }
}

function checkOptions(path: string, durability: Durability): void {
  if (typeof path !== "string" || path === "") throw new TypeError("path must be the name of a file, or :memory:.");
  if (!["full", "normal"].includes(durability)) throw new TypeError('durability must be "full" or "normal".');
}

/** Whether the file has nothing in it. Throws when what it has is not this emulator's. */
function checkContent(database: DatabaseSync, path: string): boolean {
  const id = pragma(database, "application_id");
  const version = pragma(database, "user_version");
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
  if (isEmpty && id === 0 && version === 0) return true;
  if (id !== applicationId) throw new StoreFileError(path, "it belongs to another program. Choose another file.");
  if (version <= schemaVersion) return false;
  const why = `a newer emulator wrote it, in format ${version}; this one knows up to ${schemaVersion}. Update the emulator, or choose another file.`;
  throw new StoreFileError(path, why);
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/**
 * `temp_store`: what a savepoint may have to bring back is held in memory. `cache_size`: KiB with a minus.
 * `mmap_size`: what is not in the cache is read from the system's without a call of it each, which with a million users is half of the time.
 * `wal_autocheckpoint`: a page that is written many times between two checkpoints goes into the file once.
 */
function settings(durability: Durability): string {
  return `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability}; PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -32768; PRAGMA mmap_size = ${mappedBytes}; PRAGMA wal_autocheckpoint = 4000;`;
}
