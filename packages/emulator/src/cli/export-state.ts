import { writeFileSync } from "node:fs";
import { takeSnapshot } from "../snapshot.ts";
import { terminalJson } from "../terminal-text.ts";
import { openExisting } from "./database.ts";
import { explainFileError } from "./read-json.ts";
import { UsageError } from "./usage-error.ts";

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
