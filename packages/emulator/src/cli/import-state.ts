import { checkOptions } from "../emulator-options.ts";
import type { SeedDocument } from "../seed-document.ts";
import { plant } from "../seed.ts";
import { createMemoryStore } from "../store/memory.ts";
import { toSdkAppId } from "./app-options.ts";
import { openDatabase } from "./database.ts";
import { readJson } from "./read-json.ts";
import { messageOf, UsageError } from "./usage-error.ts";

/** How a document is imported. */
export interface ImportOptions {
  readonly db: string;
  readonly app?: string;
  readonly replace?: boolean;
}

/** Adds a document to the state of a database, or puts it in its place, all or nothing. */
export async function importState(file: string, { db, app, replace = false }: ImportOptions): Promise<void> {
  const document = readJson(file, "The file") as SeedDocument;
  const { sdkAppId } = checkOptions(app === undefined ? {} : { apps: [{ sdkAppId: toSdkAppId(app) }] });
  const now = Date.now();
  try {
    // What is wrong with it by itself is said before a database is made, and is mended by nothing but an edit.
    plant(document, createMemoryStore(), { sdkAppId, now });
  } catch (error) {
    throw new UsageError(`${file} cannot be imported. ${messageOf(error)}`, { cause: error });
  }
  const store = await openDatabase(db);
  try {
    store.transaction(() => {
      if (replace) store.clear();
      plant(document, store, { sdkAppId, now });
    });
  } catch (error) {
    const hint = replace ? "" : " Give --replace to throw away what the store holds.";
    throw new UsageError(`${file} cannot be imported. ${messageOf(error)}${hint}`, { cause: error });
  } finally {
    store.close();
  }
}
