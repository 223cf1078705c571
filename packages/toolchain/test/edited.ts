import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Read } from "../bundle/memory.ts";
import { parse, stringify } from "yaml";

/** An edit: changes the content of a file in place. What it returns is not used. */
export type Edit = (content: any) => unknown;

/** The folder of the description that the tests of the tools read. */
export const folder: string = fileURLToPath(new URL("fixtures/description", import.meta.url));

/**
 * Reads a description as it would be with the edits, by file. Nothing is written.
 *
 * @param description Its folder.
 * @default description that of the fixtures
 * @example
 * const make = pipeline(folder, edited({ "servers.yaml": (servers) => delete servers.china["x-source"] }));
 */
export function edited(edits: Record<string, Edit>, description: string = folder): Read {
  return (path) => {
    const bytes = readFileSync(path);
    const edit = edits[relative(description, path).replaceAll("\\", "/")];
    if (edit === undefined) return bytes;
    const content: unknown = parse(bytes.toString());
    edit(content);
    return Buffer.from(stringify(content));
  };
}

/** The path of a file of the fixtures' description. */
export function pathOf(file: string): string {
  return join(folder, file);
}
