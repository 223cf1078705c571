import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "tsdown";

/** Folder of this package. */
export const root: string = fileURLToPath(new URL("..", import.meta.url));

/** The package as it is published. */
export interface Packed {
  readonly tarball: string;
  /** What the tarball holds, unpacked. */
  readonly folder: string;
  remove(): void;
}

/** A batch file on Windows, which only a shell can run. */
const npm = (cwd: string, ...args: readonly string[]) =>
  promisify(execFile)("npm", args, { cwd, shell: process.platform === "win32" });

/** Builds and packs this package in a temporary folder. What is in `dist` is neither used nor touched. */
export async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  const stage = join(folder, "package");
  mkdirSync(stage);
  for (const file of ["README.md", "LICENSE"]) cpSync(join(root, file), join(stage, file));
  // A publishing pnpm replaces the workspace's own versions in it. Nobody who installs the package reads them.
  const { devDependencies: _, ...manifest } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(stage, "package.json"), JSON.stringify(manifest, null, 2));
  await build({ cwd: root, outDir: join(stage, "dist"), logLevel: "error" });
  const { stdout } = await npm(stage, "pack", "--json", "--ignore-scripts", "--pack-destination", folder);
  const [{ filename }] = JSON.parse(stdout);
  return {
    tarball: join(folder, filename),
    folder: stage,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An empty folder outside the repository, so that nothing is found there by chance. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "project-"));
}

/** Puts one of this package's own development dependencies into a project. */
export function link(project: string, name: string): void {
  const target = join(project, "node_modules", name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(join(root, "node_modules", name), target, "junction");
}

/** Installs the tarball as somebody would who has it, without a registry. */
export async function install(project: string, tarball: string): Promise<void> {
  await npm(project, "install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", tarball);
}
