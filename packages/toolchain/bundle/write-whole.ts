import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Files to write: the text by absolute path. */
export type Files = Readonly<Record<string, string>>;

/**
 * Writes files so that nobody ever reads half of one: each is written beside its place under another name and then renamed. None is renamed before all
 * are written. Returns the paths of those whose text changed; the others are left alone.
 *
 * @throws what the file system throws; no file has changed then, unless renaming itself failed.
 */
export function writeWhole(files: Files): string[] {
  const changed = Object.keys(files).filter((path) => files[path] !== textOf(path));
  const drafts: string[] = [];
  try {
    for (const path of changed) {
      mkdirSync(dirname(path), { recursive: true });
      drafts.push(`${path}.new`);
      writeFileSync(`${path}.new`, files[path]!);
    }
  } catch (error) {
    for (const draft of drafts) rmSync(draft, { force: true });
    throw error;
  }
  for (const path of changed) renameSync(`${path}.new`, path);
  return changed;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
