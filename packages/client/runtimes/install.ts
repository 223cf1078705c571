import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const folder = fileURLToPath(new URL("../.runtimes/", import.meta.url));

/** Path of something that an installed package holds. */
export function installed(...path: string[]): string {
  return join(folder, "node_modules", ...path);
}

/**
 * Installs the runtimes and compilers of package.json beside this file, unless the very same ones are there. They are more than a
 * gigabyte, which is why they are no development dependencies: who installs this repository should not wait for them.
 */
export async function installRuntimes(): Promise<void> {
  await installPinned(readFileSync(new URL("package.json", import.meta.url), "utf8"), folder);
}

/** Installs what a package.json pins to exact versions into a folder of its own, unless the very same is there. */
export async function installPinned(pins: string, into: string): Promise<void> {
  // Written last, so that an interrupted installation does not count.
  const stamp = join(into, "installed.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === pins) return;

  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, "package.json"), pins);
  // No lockfile, because it would name the registry's host: every version is exact. Install scripts run where the
  // package.json allows them: those of the runtimes put their binaries in place.
  await promisify(execFile)("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund"], { cwd: into });
  writeFileSync(stamp, pins);
}
