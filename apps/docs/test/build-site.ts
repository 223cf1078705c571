import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Builds the site into a folder, with settings of its own, from a working directory that has nothing to do with the repository. */
export async function buildSite(folder: string, settings: Readonly<Record<string, string>>): Promise<void> {
  const main = fileURLToPath(new URL("../build/main.ts", import.meta.url));
  // The test runner's own settings have the names of the builder's.
  const { BASE_URL: _1, DEV: _2, MODE: _3, NODE_ENV: _4, PROD: _5, SSR: _6, ...outer } = process.env;
  await promisify(execFile)(process.execPath, [main, folder], {
    cwd: tmpdir(),
    env: { ...outer, ...settings },
    maxBuffer: 2 ** 26,
  });
}
