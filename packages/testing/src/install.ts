import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** Installs the dependencies of a `package.json`, all of exact versions, into a folder of their own, unless they are installed there already. */
export async function installPinned(pins: string, into: string): Promise<void> {
  // Written last, so that an interrupted installation is repeated.
  const stamp = join(into, "installed.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === pins) return;

  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, "package.json"), pins);
  // No lockfile, because it would name the registry's host. Install scripts run where the package.json allows them: those of the runtimes
  // install their binaries.
  await promisify(execFile)("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund"], { cwd: into });
  writeFileSync(stamp, pins);
}
