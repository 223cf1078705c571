import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { parse, stringify } from "yaml";

/** An edit: changes the content of a file in place. What it returns is not used. */
export type Edit = (content: any) => unknown;

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Copies the description with its bundle to a temporary folder, which the test leaves no trace of, and makes the edits there, by file.
 *
 * @example
 * const folder = await copyDescription({ "servers.yaml": (servers) => delete servers.china["x-source"] });
 */
export async function copyDescription(edits: Record<string, Edit>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "openapi-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(root, folder, {
    recursive: true,
    filter: (path) => !["node_modules", "test", ".turbo"].includes(basename(path)),
  });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  await Promise.all(Object.entries(edits).map(([file, edit]) => change(join(folder, file), edit)));
  return folder;
}

async function change(path: string, edit: Edit): Promise<void> {
  const content: unknown = parse(await readFile(path, "utf8"));
  edit(content);
  await writeFile(path, stringify(content));
}
