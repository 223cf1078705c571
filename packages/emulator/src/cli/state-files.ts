/** The commands `export`, `import` and `backup`: the state of a database, or of an emulator that runs. */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { monotonic, sleep, systemClock } from "@contact-groups/core/clock";
import { checkOptions } from "../emulator.ts";
import { splitDocument } from "../state/seed-parts.ts";
import { linesType, readLines } from "../state/state-text.ts";
import { createWholeState, partsOfLines, type WholeState } from "../state/whole-state.ts";
import type { StateStore } from "../store/store.ts";
import { loadSqlite } from "./load-sqlite.ts";
import { type ControlAccess, requestControl } from "./running.ts";
import { isLinesFile, openPieces, readState, toFileText, writePieces } from "./state-io.ts";
import { createStateFolder, defaultDatabase, explainFileError, messageOf, toSdkAppId, UsageError } from "./values.ts";

/** Where the state is: in a database, or in an emulator that runs. */
interface StatePlace extends ControlAccess {
  readonly db: string;
  readonly dbWait?: string;
  readonly url?: string;
}

/** How a state is imported. */
interface ImportOptions extends StatePlace {
  readonly replace?: boolean;
}

/** Adds a file to the state, or replaces the state. */
export async function importState(file: string, options: ImportOptions): Promise<void> {
  const { db, url, replace = false } = options;
  const hint = replace ? "" : " Give --replace to delete the state of the database first.";
  try {
    if (url === undefined) await importInto(db, file, options);
    else await sendState(url, file, options);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const isConflict = /is already|must be above/.test(messageOf(error));
    throw new UsageError(`${file} cannot be imported. ${messageOf(error)}${isConflict ? hint : ""}`, { cause: error });
  }
}

async function importInto(db: string, file: string, { app, dbWait, replace = false }: ImportOptions): Promise<void> {
  const { sdkAppId } = checkOptions(app === undefined ? {} : { apps: [{ sdkAppId: toSdkAppId(app) }] });
  const input = await readState(file, "The file");
  const isNew = !existsSync(db);
  const store = await openDatabase(db, dbWait);
  const state = createWholeState({ store, defaults: () => ({ sdkAppId, now: Date.now() }) });
  const write = (): Promise<void> => {
    if ("lines" in input) return replace ? state.replace(partsOfLines(input.lines)) : state.addLines(input.lines);
    return replace ? state.replace(splitDocument(input.document)) : state.add(() => splitDocument(input.document));
  };
  let isDone = false;
  try {
    await write();
    isDone = true;
  } finally {
    store.close();
    // An invalid file leaves nothing behind.
    if (isNew && !isDone) rmSync(db, { force: true });
  }
}

async function sendState(url: string, file: string, options: ImportOptions): Promise<void> {
  const { replace = false } = options;
  await requestControl(url, options, replace ? "importState" : "seed", {
    headers: { "Content-Type": isLinesFile(file) ? linesType : "application/json" },
    body: openPieces(file),
  });
}

/** Writes the state to a file, or to the standard output when the name is `-`. */
export async function exportState(file: string, options: StatePlace): Promise<void> {
  const { db, dbWait, url } = options;
  if (url !== undefined) {
    const response = await requestControl(url, options, "exportState", { headers: { Accept: linesType } });
    return writePieces(file, toFileText(file, linesOf(response)));
  }
  const store = await openExisting(db, dbWait);
  try {
    await exportStore(file, store);
  } finally {
    store.close();
  }
}

/** Writes the state of a store to a file. */
export function exportStore(file: string, store: StateStore): Promise<void> {
  return writePieces(file, toFileText(file, stateOf(store).lines()));
}

function stateOf(store: StateStore): WholeState {
  return createWholeState({ store, defaults: () => ({ sdkAppId: 0, now: 0 }) });
}

/** Returns the lines of a response, each with its line break. */
async function* linesOf(response: Response): AsyncGenerator<string, void> {
  for await (const { text } of readLines(response.body ?? [])) yield `${text}\n`;
}

/** Writes a copy of the database to a file. */
export async function backUp(file: string, options: StatePlace): Promise<void> {
  const { db, dbWait, url } = options;
  if (url !== undefined) return writePieces(file, (await requestControl(url, options, "backUp")).body ?? empty());
  const store = await openExisting(db, dbWait);
  try {
    await writePieces(file, store.backup?.() ?? empty());
  } finally {
    store.close();
  }
}

async function* empty(): AsyncGenerator<Uint8Array, void> {}

/** Opens a database, which is created when it does not exist. */
export async function openDatabase(file: string, waitSeconds = "0"): Promise<StateStore> {
  const waitMs = Number(waitSeconds) * 1000;
  if (!(waitMs >= 0) || waitSeconds.trim() === "")
    throw new UsageError(`--db-wait must be a number of seconds, but is ${JSON.stringify(waitSeconds.slice(0, 20))}.`);
  if (file === defaultDatabase) createStateFolder("--db");
  else createFolder(dirname(file), file);
  const { createSqliteState, StoreFileError } = await loadSqlite();
  const end = monotonic(systemClock) + waitMs;
  for (;;) {
    try {
      return createSqliteState({ path: file });
    } catch (error) {
      const isInUse = error instanceof StoreFileError && error.isInUse;
      if (!isInUse || monotonic(systemClock) >= end) {
        const hint = isInUse ? " With --db-wait SECONDS, the command waits for it." : "";
        throw new UsageError(messageOf(error) + hint, { cause: error });
      }
      await sleep(systemClock, 100);
    }
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
async function openExisting(file: string, waitSeconds: string | undefined): Promise<StateStore> {
  if (!existsSync(file)) throw new UsageError(`There is no database ${file}. Name an existing one with --db.`);
  return openDatabase(file, waitSeconds);
}
