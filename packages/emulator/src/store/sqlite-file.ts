import { DatabaseSync } from "node:sqlite";
import { show } from "@contact-groups/core/check";

/** Most bytes that SQLite maps into memory. */
const mappedBytes = 0x7fff_0000;

/** What a write survives: with `full` a power cut, with `normal` the end of the process. */
type Durability = "full" | "normal";

/**
 * Opens a file exclusively, creates its tables when it is new, and creates something with it. Throws a `StoreFileError` when that fails; a
 * file that is not the emulator's is not changed.
 */
export function openFile<Created>(
  path: string,
  durability: Durability,
  create: (database: DatabaseSync) => Created,
): Created {
  checkOptions(path, durability);
  let database: DatabaseSync | undefined;
  try {
    // Another process that has the file keeps it until its end, so waiting would be useless.
    database = new DatabaseSync(path, { timeout: 0 });
    // In this mode, SQLite locks a file in WAL mode at the first read, and keeps the index of the WAL in memory.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    const isNew = checkContent(database, path);
    database.exec(settings(durability));
    if (isNew) database.exec(`BEGIN; ${schema} COMMIT`);
    return create(database);
  } catch (error) {
    database?.close();
    throw StoreFileError.from(path, error);
  }
}

function checkOptions(path: string, durability: Durability): void {
  if (typeof path !== "string" || path === "") throw new TypeError("path must be the name of a file, or :memory:.");
  if (!["full", "normal"].includes(durability))
    throw new TypeError(`durability must be "full" or "normal", but is ${show(durability)}.`);
}

/** Returns whether the file is empty. Throws when its content is not this emulator's. */
function checkContent(database: DatabaseSync, path: string): boolean {
  const id = pragma(database, "application_id");
  const version = pragma(database, "user_version");
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
  if (isEmpty && id === 0 && version === 0) return true;
  if (id !== applicationId) throw new StoreFileError(path, "it belongs to another program. Choose another file.");
  if (version === schemaVersion) return false;
  if (version < schemaVersion) {
    const old = `an older emulator wrote it, in format ${version}; this one supports format ${schemaVersion}. Export it with the emulator that wrote it and import the document here, or choose another file.`;
    throw new StoreFileError(path, old);
  }
  const why = `a newer emulator wrote it, in format ${version}; this one supports format ${schemaVersion}. Update the emulator, or choose another file.`;
  throw new StoreFileError(path, why);
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/**
 * `temp_store`: what a savepoint may have to restore is kept in memory. `cache_size`: a negative number is in KiB.
 * `mmap_size`: pages that are not in the cache are read without a system call each, which saves half of the time with a million users.
 * `wal_autocheckpoint`: a page that is written many times between two checkpoints is copied to the file once.
 */
function settings(durability: Durability): string {
  return `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability}; PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -32768; PRAGMA mmap_size = ${mappedBytes}; PRAGMA wal_autocheckpoint = 4000;`;
}

/** Marks a file as the emulator's: "CGEm" as a number. */
const applicationId = 0x4347456d;

/** Raised with every change of the tables below. */
const schemaVersion = 2;

/** Kinds of rows of `kept`, in the order in which a user's rows are in the file. */
export const part = {
  /** The user as a whole; `json` is `GroupItem`. */
  user: 0,
  /** A conversation group; `number` is its ID. */
  group: 1,
  /** The place of a conversation: `number` is its type, `id` its ID, `place` its position. */
  place: 2,
  /** A conversation; `number` is its position, `json` its item of a response. */
  conversation: 3,
} as const;

/**
 * The tables. Every row belongs to a space. A space that is not the state of an app has no `app`, and its rows are deleted. All rows of a user are together in `kept`, so that a call reads and writes one or two pages of the file, however many users
 * there are; a table for each kind of row would cost one page each. What no query reads is in `data`, a JSON array, because JSON keeps any
 * text and any number as it is.
 */
const schema: string = `
CREATE TABLE space (space INTEGER PRIMARY KEY, app INTEGER UNIQUE) STRICT;
CREATE TABLE account (space INTEGER NOT NULL, user TEXT NOT NULL, PRIMARY KEY (space, user)) STRICT, WITHOUT ROWID;
CREATE TABLE chat_group (
  space INTEGER NOT NULL, id TEXT NOT NULL, disbanded INTEGER NOT NULL, members TEXT, PRIMARY KEY (space, id)
) STRICT;
CREATE TABLE chat_group_member (
  space INTEGER NOT NULL, id TEXT NOT NULL, user TEXT NOT NULL, PRIMARY KEY (space, id, user)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept (
  space INTEGER NOT NULL, user TEXT NOT NULL, part INTEGER NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL,
  place INTEGER, data TEXT, json TEXT, PRIMARY KEY (space, user, part, number, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_user ON kept (space, user) WHERE part = ${part.user};
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${schemaVersion};
`;

/** The tables whose rows belong to a space, and their keys in it. */
export const tables = [
  { name: "account", key: "user" },
  { name: "chat_group", key: "id" },
  { name: "chat_group_member", key: "id, user" },
  { name: "kept", key: "user, part, number, id" },
] as const;

/** Thrown for a database file that cannot be used. The message says why, and what to do. */
export class StoreFileError extends Error {
  override name = "StoreFileError";

  constructor(path: string, why: string, options?: ErrorOptions) {
    super(`The database ${path} cannot be used: ${why}`, options);
  }

  /** Creates an error from what SQLite threw. */
  static from(path: string, error: unknown): StoreFileError {
    if (error instanceof StoreFileError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new StoreFileError(path, reasons[primaryCode(error)] ?? `${message}.`, { cause: error });
  }
}

/** By SQLite's primary result code: https://www.sqlite.org/rescode.html, 2025-11-28. */
const reasons: Readonly<Record<number, string>> = {
  3: "this user is not allowed to read or write it. Change its permissions, or choose another file.",
  5: "it is already open, in this process or another. Close it there, or choose another file.",
  8: "it is read-only. Change its permissions or those of its folder, or choose another file.",
  11: "it is damaged. Restore it from a copy, or choose another file.",
  13: "the disk is full. Free some space, or choose another file.",
  14: "it cannot be opened. It must be a file in a folder that exists and in which this user is allowed to write.",
  26: "it is not a SQLite database. Choose another file.",
};

function primaryCode(error: unknown): number {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
}
