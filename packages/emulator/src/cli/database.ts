import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Store } from "../store/store.ts";
import { explainFileError } from "./read-json.ts";
import { messageOf, UsageError } from "./usage-error.ts";

/** Where the state is unless `--db` says otherwise. */
export const defaultDatabase: string = join(".contact-groups-emulator", "state.sqlite");

/** Opens a database, which is made when there is none. */
export async function openDatabase(file: string): Promise<Store> {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    // It is nothing that belongs into a repository.
    if (file === defaultDatabase) writeFileSync(join(folder, ".gitignore"), "*\n");
  } catch (error) {
    throw new UsageError(`The folder of --db ${file} cannot be made: ${explainFileError(error)}.`, { cause: error });
  }
  const { createSqliteStore } = await import("../store/sqlite.ts");
  try {
    return createSqliteStore({ path: file });
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

/** Opens a database that has to be there. */
export async function openExisting(file: string): Promise<Store> {
  if (!existsSync(file)) throw new UsageError(`There is no database ${file}. Name the one that you mean with --db.`);
  return openDatabase(file);
}
