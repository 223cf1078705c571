import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What became of the generated files, each list by file name. */
export interface WriteResult {
  /** Files that were missing and are there now. */
  readonly created: readonly string[];
  /** Files that differed and were replaced. */
  readonly replaced: readonly string[];
  /** Files that differ and were left alone, because the folder is frozen. */
  readonly stale: readonly string[];
}

/**
 * Brings a folder of generated files up to date.
 *
 * A frozen folder is only completed: if one of its files differs, nothing is written at all. CI works that way, so that a
 * change of the description can't pass without its generated files having been committed and read.
 */
export function writeGenerated(folder: string, files: Readonly<Record<string, string>>, frozen: boolean): WriteResult {
  const missing: string[] = [];
  const different: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    const found = readIfThere(join(folder, name));
    if (found === undefined) missing.push(name);
    else if (found !== text) different.push(name);
  }
  if (frozen && different.length > 0) return { created: [], replaced: [], stale: different };

  mkdirSync(folder, { recursive: true });
  for (const name of [...missing, ...different]) writeFileSync(join(folder, name), files[name] ?? "");
  return { created: missing, replaced: different, stale: [] };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
