import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** Builds and packs this package in a temporary folder. What is in `dist` is neither used nor touched. */
export async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  const stage = join(folder, "package");
  mkdirSync(stage);
  for (const file of ["README.md", "LICENSE"]) cpSync(join(root, file), join(stage, file));
  // A publishing pnpm replaces the workspace's own versions in it. No installation of the package reads them.
  const { devDependencies: _, ...manifest } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(stage, "package.json"), JSON.stringify(manifest, null, 2));
  await build({ cwd: root, outDir: join(stage, "dist"), logLevel: "error" });
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  // A batch file on Windows, which only a shell can run.
  const { stdout } = await promisify(execFile)("npm", args, { cwd: stage, shell: process.platform === "win32" });
  const [{ filename }] = JSON.parse(stdout);
  return {
    tarball: join(folder, filename),
    folder: stage,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
