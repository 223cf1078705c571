/** Writes the API report of each entry of the published packages to `api/` of the package. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publishedPackages, readSurface, reportFolder } from "./surface.ts";

for (const name of publishedPackages) {
  const { reports } = readSurface(name);
  rmSync(reportFolder(name), { recursive: true, force: true });
  mkdirSync(reportFolder(name), { recursive: true });
  for (const [file, text] of reports) writeFileSync(join(reportFolder(name), file), text);
  console.log(`${name}: ${reports.size} reports written.`);
}
