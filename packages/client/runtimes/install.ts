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
  const pins = readFileSync(new URL("package.json", import.meta.url), "utf8");
  // Written last, so that an interrupted installation does not count.
  const stamp = join(folder, "installed.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === pins) return;

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), pins);
  // No lockfile, because it would name the registry's host: every version is exact. The runtimes' install scripts put their
  // binaries in place.
  await promisify(execFile)("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund"], { cwd: folder });
  writeFileSync(stamp, pins);
}
