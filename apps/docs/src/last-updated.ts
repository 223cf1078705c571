import { spawnSync } from "node:child_process";

/**
 * Returns the date of the newest commit that changed one of the files or folders.
 * @param repository Root of the repository.
 * @param paths Paths in it.
 * @returns undefined without git, without commits, or in a shallow clone, which has no dates of older commits.
 */
export function lastUpdated(repository: string, paths: readonly string[]): Date | undefined {
  if (!hasHistory(repository)) return undefined;
  const seconds = Number(git(repository, ["log", "--max-count=1", "--format=%ct", "--", ...paths]));
  return seconds > 0 ? new Date(seconds * 1000) : undefined;
}

/** Returns whether git knows when each file of a repository was changed. */
export function hasHistory(repository: string): boolean {
  return git(repository, ["rev-parse", "--is-shallow-repository"]) === "false";
}

function git(folder: string, args: readonly string[]): string | undefined {
  const { error, status, stdout } = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  return error || status !== 0 ? undefined : stdout.trim();
}
