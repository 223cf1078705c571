import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { checkOptions } from "../emulator.ts";
import { seedStore, type SeedDocument, takeSnapshot } from "../seed.ts";
import { createMemoryState } from "../store/memory.ts";
import type { StateStore } from "../store/store.ts";
import { loadSqlite } from "./load-sqlite.ts";
import { terminalJson } from "../terminal.ts";
import {
  createStateFolder,
  defaultDatabase,
  explainFileError,
  messageOf,
  readJson,
  toSdkAppId,
  UsageError,
} from "./values.ts";

/** How a document is imported. */
interface ImportOptions {
  readonly db: string;
  readonly app?: string;
  readonly replace?: boolean;
}

/** Adds a document to the state of a database, or replaces the state, all or nothing. */
export async function importState(file: string, { db, app, replace = false }: ImportOptions): Promise<void> {
  const document = readJson(file, "The file") as SeedDocument;
  const { sdkAppId } = checkOptions(app === undefined ? {} : { apps: [{ sdkAppId: toSdkAppId(app) }] });
  const now = Date.now();
  try {
    // An invalid document is reported before a database is created, and --replace would not help.
    seedStore(document, createMemoryState(), { sdkAppId, now });
  } catch (error) {
    throw new UsageError(`${file} cannot be imported. ${messageOf(error)}`, { cause: error });
  }
  const store = await openDatabase(db);
  try {
    store.transaction((writer) => {
      if (replace) writer.clear();
      seedStore(document, writer, { sdkAppId, now });
    });
  } catch (error) {
    const hint = replace ? "" : " Give --replace to delete the state of the database first.";
    throw new UsageError(`${file} cannot be imported. ${messageOf(error)}${hint}`, { cause: error });
  } finally {
    store.close();
  }
}

/** Writes the state of a database to a file, or to the standard output when the name is `-`. */
export async function exportState(file: string, { db }: { readonly db: string }): Promise<void> {
  const store = await openExisting(db);
  try {
    const text = `${terminalJson(takeSnapshot(store), 2)}\n`;
    if (file === "-") process.stdout.write(text);
    else writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${explainFileError(error)}.`, { cause: error });
  } finally {
    store.close();
  }
}

/** Opens a database, which is created when it does not exist. */
export async function openDatabase(file: string): Promise<StateStore> {
  if (file === defaultDatabase) createStateFolder("--db");
  else createFolder(dirname(file), file);
  const { createSqliteState } = await loadSqlite();
  try {
    return createSqliteState({ path: file });
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

function createFolder(folder: string, file: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`The folder of --db ${file} cannot be created: ${explainFileError(error)}.`, { cause: error });
  }
}

/** Opens a database that must exist. */
async function openExisting(file: string): Promise<StateStore> {
  if (!existsSync(file)) throw new UsageError(`There is no database ${file}. Name an existing one with --db.`);
  return openDatabase(file);
}
