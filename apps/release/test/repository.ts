import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Folder of the repository. */
export const root: string = fileURLToPath(new URL("../../../", import.meta.url));

/** Text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(new URL(path, new URL("../../../", import.meta.url)), "utf8");
}

/** Paths of the files that are committed, or will be, as git says; those that are deleted are not among them. */
export function files(...patterns: readonly string[]): readonly string[] {
  const list = (...options: readonly string[]) =>
    execFileSync("git", ["ls-files", "-z", ...options, "--", ...patterns], { cwd: root, encoding: "utf8" })
      .split("\0")
      .filter((path) => path !== "");
  const deleted = new Set(list("--deleted"));
  return list("--cached", "--others", "--exclude-standard").filter((path) => !deleted.has(path));
}

/** Folders of the packages that are published. */
export const published: readonly string[] = files("openapi/package.json", "packages/*/package.json").filter(
  (path) => path.split("/").length < 4 && !JSON.parse(read(path)).private,
);
