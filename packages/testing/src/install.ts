import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

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
