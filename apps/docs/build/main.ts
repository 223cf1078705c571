/** Builds the site into `dist`, or into the folder that is given. Prints warnings and errors only. */
import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "astro";

const root = join(import.meta.dirname, "..");
const [folder] = process.argv.slice(2).map((path) => resolve(path));
// Astro runs the pages from below the working directory or the folder that it builds into. Elsewhere they would not find the packages that they import.
process.chdir(root);
if (folder === undefined) await build({ root, logLevel: "warn" });
else {
  const inside = join(root, "node_modules/.builds", String(process.pid));
  try {
    await build({ root, logLevel: "warn", outDir: inside });
    cpSync(inside, folder, { recursive: true });
  } finally {
    rmSync(inside, { recursive: true, force: true });
  }
}
