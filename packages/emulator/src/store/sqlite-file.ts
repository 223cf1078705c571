import { accessSync, closeSync, constants, existsSync, fstatSync, openSync, read, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { show } from "@contact-groups/core/check";
import { StoreFileError } from "./sqlite-error.ts";
import { openDatabase } from "./sqlite-node-22.ts";
import { applicationId, schema, schemaVersion } from "./sqlite-schema.ts";
import { explainErrors } from "./sqlite-statement.ts";

/** What a write survives: with `full` a power cut, with `normal` the end of the process. */
type Durability = "full" | "normal";

/** A database file that this process has open, and no other. */
export interface DatabaseFile {
  readonly database: DatabaseSync;
  /** Throws a `StoreFileError` when the file is no longer where it was opened, because what is written would be lost. */
  checkPlace(): void;
  /**
   * Runs a transaction that has to be durable only together with the next one that is. What it costs to bring pages from the -wal file into
   * the file is spread evenly, so that no other call waits long for it.
   */
  runLater<Result>(transaction: () => Result): Result;
  /** Makes durable what was written by `runLater`. */
  flush(): void;
  /** Gives back the memory into which pages of the file are mapped. */
  release(): void;
  /** Returns a copy of the file, piece by piece, as it is at the first one. Undefined without a file. */
  readonly backup: (() => AsyncGenerator<Uint8Array, void>) | undefined;
  close(): void;
}

/**
 * Opens a file exclusively, and creates its tables when it is new. Throws a `StoreFileError` when that fails; a file that is not the
 * emulator's is not changed.
 */
export function openFile(path: string, durability: Durability): DatabaseFile {
  checkOptions(path, durability);
  let database: DatabaseSync | undefined;
  try {
    const isInFile = path !== ":memory:";
    if (isInFile) checkAccess(path);
    const hasWal = existsSync(`${path}-wal`);
    // Another process that has the file keeps it until its end, so waiting here would be useless.
    database = openDatabase(path);
    explainErrors(database, (error) => StoreFileError.from(path, error));
    // In this mode, SQLite locks a file in WAL mode at the first read, and keeps the index of the WAL in memory.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    const isNew = checkContent(database, path, hasWal);
    database.exec(settings(durability));
    if (isNew) database.exec(`BEGIN; ${schema} COMMIT`);
    return isInFile ? useFile(database, path, durability) : useMemory(database);
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

/** SQLite itself would report a file that cannot be written as an error of the disk, and only later. */
function checkAccess(path: string): void {
  const places = existsSync(path) ? [dirname(path), path] : [dirname(path)];
  for (const place of places) {
    try {
      accessSync(place, constants.W_OK);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const what = place === path ? "it" : `its folder ${place}`;
      if (code === "EACCES" || code === "EROFS" || code === "EPERM")
        throw new StoreFileError(
          path,
          `this user cannot write ${what}. Change the permissions, or choose another file.`,
          {
            cause: error,
          },
        );
    }
  }
}

/** Returns whether the file is empty. Throws when its content is not this emulator's. */
function checkContent(database: DatabaseSync, path: string, hasWal: boolean): boolean {
  const id = pragma(database, "application_id");
  const version = pragma(database, "user_version");
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
  if (isEmpty && id === 0 && version === 0) return true;
  if (id !== applicationId) throw new StoreFileError(path, "it belongs to another program. Choose another file.");
  const format = Math.abs(version);
  if (format < schemaVersion) {
    const old = `an older emulator wrote it, in format ${format}; this one supports format ${schemaVersion}. Export it with the emulator that wrote it and import the document here, or choose another file.`;
    throw new StoreFileError(path, old);
  }
  if (format > schemaVersion) {
    const newer = `a newer emulator wrote it, in format ${format}; this one supports format ${schemaVersion}. Update the emulator, or choose another file.`;
    throw new StoreFileError(path, newer);
  }
  if (version < 0 && !hasWal) {
    const copied = `it was copied while an emulator had it open, without the file ${path}-wal, which has the latest changes. Copy it again with the command backup, or with both files after the emulator has ended. To use it as it is, create an empty file ${path}-wal.`;
    throw new StoreFileError(path, copied);
  }
  return false;
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/** Most bytes that SQLite maps into memory. */
const mappedBytes = 0x7fff_0000;

/** Pages in the -wal file at which they are brought into the file. A page that is written many times until then is copied once. */
const checkpointPages = 4000;
/** The same for what is not urgent. Each checkpoint takes as long as two durable writes. */
const smallCheckpointPages = 500;

/** Steps of work with the whole state after which mapped pages are given back, so that they do not fill the memory. */
const releasedAfter = 256;

/**
 * `temp_store`: what a savepoint may have to restore is kept in memory. `cache_size`: a negative number is in KiB.
 * `mmap_size`: pages that are not in the cache are read without a system call each, which saves half of the time with a million users.
 * `journal_size_limit`: a -wal file that has grown, such as during a backup, is cut.
 */
function settings(durability: Durability): string {
  return `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability}; PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -32768; PRAGMA mmap_size = ${mappedBytes}; PRAGMA wal_autocheckpoint = ${checkpointPages};
    PRAGMA journal_size_limit = ${checkpointPages * 4096};`;
}

function useMemory(database: DatabaseSync): DatabaseFile {
  return {
    database,
    checkPlace: () => undefined,
    release: () => undefined,
    flush: () => undefined,
    runLater: (transaction) => transaction(),
    backup: undefined,
    close: () => database.isOpen && database.close(),
  };
}

function useFile(database: DatabaseSync, path: string, durability: Durability): DatabaseFile {
  const setting = (text: string): void => database.exec(`PRAGMA ${text}`);
  // Everything is in the -wal file first, so a file with this mark and without that other file is a copy that may lack something.
  setting(`user_version = ${-schemaVersion}`);
  setting("wal_checkpoint(PASSIVE)");
  // SQLite's locks end when any descriptor of the file is closed, so this one is opened while SQLite has them, and closed after them.
  const descriptor = openSync(path, "r");
  // The working folder can change.
  const place = resolve(path);
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  const release = (): void => {
    setting("mmap_size = 0");
    setting(`mmap_size = ${mappedBytes}`);
  };
  let laterRuns = 0;
  let isBackup = false;
  let isClosed = false;

  const checkPlace = (): void => {
    const found = statSync(place, { bigint: true, throwIfNoEntry: false });
    const isThere = found?.ino === ino && found.dev === dev;
    if (isThere && existsSync(`${place}-wal`)) return;
    const what = isThere ? `the file ${path}-wal` : "it";
    throw new StoreFileError(
      path,
      `${what} was deleted or replaced while the emulator had it open, so nothing more is written. The state can still be read: save it with the command backup or export, and start again.`,
    );
  };

  return {
    database,
    checkPlace,
    release,
    // Any write brings all earlier ones to the disk.
    flush: () => setting(`user_version = ${-schemaVersion}`),
    runLater(transaction) {
      if (database.isTransaction) return transaction();
      if (++laterRuns % releasedAfter === 0) release();
      setting("synchronous = NORMAL");
      if (!isBackup) setting(`wal_autocheckpoint = ${smallCheckpointPages}`);
      try {
        return transaction();
      } finally {
        setting(`synchronous = ${durability}`);
        if (!isBackup) setting(`wal_autocheckpoint = ${checkpointPages}`);
      }
    },
    async *backup() {
      if (isBackup) throw new Error("Another backup is running. Try again when it has ended.");
      isBackup = true;
      try {
        setting("wal_checkpoint(PASSIVE)");
        // Until the end, all changes stay in the -wal file.
        setting("wal_autocheckpoint = 0");
        const bytes = pragma(database, "page_count") * pragma(database, "page_size");
        for await (const piece of readPieces(descriptor, bytes)) {
          if (isClosed) throw new StoreFileError(path, "it was closed before the backup was complete.");
          yield piece;
        }
      } finally {
        isBackup = false;
        if (isClosed) closeSync(descriptor);
        else setting(`wal_autocheckpoint = ${checkpointPages}`);
      }
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      let isMarked = false;
      try {
        setting(`user_version = ${schemaVersion}`);
      } catch {
        isMarked = true;
      }
      // SQLite brings everything from the -wal file into the file, and removes it.
      database.close();
      // The disk is full. The file has everything, so it has to be usable.
      if (isMarked) closeSync(openSync(`${place}-wal`, "a"));
      if (!isBackup) closeSync(descriptor);
    },
  };
}

const pieceBytes = 256 * 1024;
/** Where the header of a file has `user_version`: https://www.sqlite.org/fileformat.html#the_database_header */
const versionAt = 60;

/** Reads a file in pieces, without the mark of a file that is open. */
async function* readPieces(descriptor: number, bytes: number): AsyncGenerator<Uint8Array, void> {
  const readAt = promisify(read);
  for (let position = 0; position < bytes;) {
    const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, bytes - position));
    const { bytesRead } = await readAt(descriptor, buffer, 0, buffer.length, position);
    if (bytesRead === 0) throw new Error("The file is shorter than its number of pages.");
    if (position === 0) buffer.writeInt32BE(schemaVersion, versionAt);
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}
