import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const left = new Set(["node_modules", ".turbo", ".astro", "test"]);

/** A copy of what `pnpm dev` reads and writes, in a folder of its own. */
export interface Copy {
  readonly root: string;
  read(path: string): Promise<string>;
  /** Replaces a text that occurs in a file by another. */
  replace(path: string, search: string | RegExp, replacement: string): Promise<void>;
  write(path: string, text: string): Promise<void>;
}

/**
 * Copies the description and the generated sources, which the test leaves no trace of. `also` names further folders.
 *
 * @example
 * const { root, replace } = await copyRepository();
 * await replace("openapi/servers.yaml", "https://", "http://");
 */
export async function copyRepository(...also: readonly string[]): Promise<Copy> {
  // Not in the system's folder for temporary files: Astro takes the absolute path of a dependency for an address when it shares no folder with the root.
  const copies = join(root, ".copies");
  await mkdir(copies, { recursive: true });
  const folder = await mkdtemp(join(copies, "dev-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const copied = ["openapi", "packages/emulator/src/generated", "packages/emulator/src/operations", ...also];
  const filter = (path: string): boolean => !left.has(basename(path));
  for (const path of copied) await cp(join(root, path), join(folder, path), { recursive: true, filter });
  const ofEmulator = ["seed.schema.json", "control.openapi.yaml", "control.redocly.yaml"];
  const files = [...ofEmulator.map((name) => `packages/emulator/${name}`), "tsconfig.base.json"];
  await Promise.all(files.map((path) => cp(join(root, path), join(folder, path))));
  await symlink(join(root, "openapi/node_modules"), join(folder, "openapi/node_modules"), "junction");

  const read = (path: string): Promise<string> => readFile(join(folder, path), "utf8");
  const write = (path: string, text: string): Promise<void> => writeFile(join(folder, path), text);
  return {
    root: folder,
    read,
    write,
    async replace(path, search, replacement) {
      const before = await read(path);
      const after = before.replace(search, replacement);
      if (after === before) throw new Error(`${path} does not hold ${String(search)}.`);
      await write(path, after);
    },
  };
}

/** Gives a copied package the dependencies of the original, but those of the workspace that are copied too. */
export async function linkDependencies(
  copy: string,
  path: string,
  copied: Readonly<Record<string, string>>,
): Promise<void> {
  const modules = join(root, path, "node_modules");
  const target = join(copy, path, "node_modules");
  for (const name of await packagesIn(modules)) {
    await mkdir(join(target, name, ".."), { recursive: true });
    await symlink(copied[name] ?? join(modules, name), join(target, name), "junction");
  }
}

async function packagesIn(modules: string): Promise<string[]> {
  const names = (await readdir(modules)).filter((name) => !name.startsWith("."));
  const nested = names.map(async (name) =>
    name.startsWith("@") ? (await readdir(join(modules, name))).map((inner) => `${name}/${inner}`) : [name],
  );
  return (await Promise.all(nested)).flat();
}
