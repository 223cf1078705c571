import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The part of a CycloneDX document that is written here. */
export interface Bill {
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies?: readonly unknown[];
}

/** A package in a bill of materials. */
export interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}

const root = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * Writes a bill of materials for each published package, made by pnpm.
 *
 * @param folder where the files go; what was there is removed
 * @returns the paths of the files
 */
export async function writeBills(folder: string): Promise<readonly string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await sbom(["--prod", "--split", "--out", join(folder, "%s.cdx.json")], published());
  return (await readdir(folder)).toSorted().map((file) => join(folder, file));
}

/** Folders of the packages that are published. */
function published(): readonly string[] {
  return globSync(["openapi/package.json", "packages/*/package.json"], { cwd: root })
    .filter((file) => !JSON.parse(readFileSync(join(root, file), "utf8")).private)
    .map((file) => `./${dirname(file)}`);
}

async function sbom(options: readonly string[], packages: readonly string[]): Promise<string> {
  const filters = packages.flatMap((path) => ["--filter", path]);
  const format = ["--sbom-format", "cyclonedx", "--exclude-peers"];
  const { stdout } = await promisify(execFile)("pnpm", ["sbom", ...format, ...options, ...filters], {
    cwd: root,
    maxBuffer: 2 ** 26,
  });
  return stdout;
}
