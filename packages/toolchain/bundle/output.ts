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

/** Variable that shows the stack of an error that nobody expected. */
const shows = "CONTACT_GROUPS_STACK";

/**
 * Runs a command that makes something of the description. Where it gives problems, prints each on a line and ends with exit code 1. An error that no
 * check foresaw is one line as well, which names the program.
 */
export async function report(program: string, command: () => Promise<readonly string[]>): Promise<void> {
  const problems = await command().catch((error: unknown) => [unforeseen(program, error)]);
  if (problems.length === 0) return;
  for (const problem of problems) console.error(problem);
  process.exitCode = 1;
}

/** One line for an error that is a fault of a program: which, what to do, and how to see more. */
export function unforeseen(program: string, error: unknown): string {
  if (process.env[shows] && error instanceof Error) return error.stack ?? error.message;
  const [said = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return `${program} cannot go on: ${said.replace(/\.?$/, ".")} This is a fault of the program, or an edit that it does not support: undo the last edit, or set ${shows}=1 to see where it happened.`;
}
