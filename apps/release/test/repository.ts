import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { globbySync } from "globby";

/** Folder of the repository. */
export const root: string = fileURLToPath(new URL("../../../", import.meta.url));

/** Returns the text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(new URL(path, new URL("../../../", import.meta.url)), "utf8");
}

/** Paths of the files that are committed, or will be: all that no `.gitignore` names. Works without git. */
export function files(...patterns: readonly string[]): readonly string[] {
  return globbySync(patterns.length === 0 ? ["**"] : [...patterns], {
    cwd: root,
    dot: true,
    gitignore: true,
    ignore: ["**/node_modules/**", ".git/**"],
  }).toSorted();
}

/** Folders of the packages that are published. */
export const published: readonly string[] = files("openapi/package.json", "packages/*/package.json").filter(
  (path) => path.split("/").length < 4 && !JSON.parse(read(path)).private,
);
