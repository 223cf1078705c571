import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

/** Runs a package manager. On Windows it is a batch file, which only a shell can run. */
const run = (cwd: string, manager: "npm" | "pnpm", ...args: readonly string[]) =>
  promisify(execFile)(manager, args, { cwd, shell: process.platform === "win32" });

/**
 * Packs a built package with pnpm, as a release does.
 *
 * @param folder the package
 * @param destination the folder for the tarball
 * @returns the path of the tarball
 * @throws an `Error` if the package is not built
 */
export async function packBuilt(folder: string, destination: string): Promise<string> {
  if (!existsSync(join(folder, "dist"))) throw new Error(`${folder} is not built. Run "pnpm run build" first.`);
  const { stdout } = await run(folder, "pnpm", "pack", "--json", "--pack-destination", destination);
  return join(destination, basename(JSON.parse(stdout).filename));
}

/** Creates an empty folder outside the repository, so that no package of the repository is found from it. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "project-"));
}

/** Installs a tarball into a project, without a registry. */
export async function install(project: string, tarball: string): Promise<void> {
  await run(project, "npm", "install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", tarball);
}

/** Links a dependency of the package in the folder `from` into a project. */
export function link(project: string, name: string, from: string): void {
  const target = join(project, "node_modules", name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(join(from, "node_modules", name), target, "junction");
}
