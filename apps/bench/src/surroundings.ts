import { readFileSync } from "node:fs";
import { cpus, totalmem, type } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "./root.ts";

/** The machine, as far as it matters to a ratio: no name and no path of it. */
export function machine(): string {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${processor?.model ?? "unknown processor"}, ${memory} GiB, ${type()} ${process.arch}`;
}

/** Versions of packages by their names, from the catalog. Throws an `Error` if one is not in it. */
export function versions(names: readonly string[]): string[] {
  const { catalog } = parse(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8")) as {
    readonly catalog: Readonly<Record<string, string>>;
  };
  return names.map((name) => {
    const version = catalog[name];
    if (version === undefined)
      throw new Error(
        `${name} is not in the catalog of pnpm-workspace.yaml: add it, or take it out of src/programs.ts`,
      );
    return `${name} ${version}`;
  });
}
