import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const pins = readFileSync(new URL("peers/package.json", import.meta.url), "utf8");
const folder = fileURLToPath(new URL("../node_modules/.cache/peers/", import.meta.url));

/** Installs the renderers of `peers/package.json`, which nothing but this comparison needs, and returns the folder of their packages. */
export function installPeers(): string {
  // Written last, so that an interrupted installation does not count.
  const stamp = join(folder, "installed.json");
  const packages = join(folder, "node_modules");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === pins) return packages;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), pins);
  const flags = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", ["install", ...flags], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(stamp, pins);
  return packages;
}

/** Exact versions by package. */
export const peers: Readonly<Record<string, string>> = (
  JSON.parse(pins) as { readonly dependencies: Readonly<Record<string, string>> }
).dependencies;
