import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Files to write: the text by absolute path. */
export type Files = Readonly<Record<string, string>>;

/**
 * Writes files so that no reader sees a partial one: each is written next to its place under another name and then renamed. None is renamed before all
 * are written. Files whose text is the same are not written.
 *
 * @returns The paths of the changed files.
 * @throws The error of the file system. No file is changed, unless a rename failed.
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

/** Environment variable that shows the stack of an unexpected error. */
const shows = "CONTACT_GROUPS_STACK";

/**
 * Runs a command on the description. If it returns problems, prints each on a line and sets exit code 1. An unexpected error is one line as well, with the
 * name of the program.
 */
export async function report(program: string, command: () => Promise<readonly string[]>): Promise<void> {
  const problems = await command().catch((error: unknown) => [unforeseen(program, error)]);
  if (problems.length === 0) return;
  for (const problem of problems) console.error(problem);
  process.exitCode = 1;
}

/** Returns one line for an unexpected error: the program, what to do, and how to see more. */
export function unforeseen(program: string, error: unknown): string {
  if (process.env[shows] && error instanceof Error) return error.stack ?? error.message;
  const [said = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return `${program} stopped: ${said.replace(/\.?$/, ".")} This is a bug of the program, or an edit that it does not support. Undo the last edit, or set ${shows}=1 to see the stack.`;
}
