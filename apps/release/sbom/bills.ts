import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
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

/** Packages whose code is bundled in the client according to its source maps, and which are in no list of installed packages. */
function bundledInClient(): readonly string[] {
  const maps = globSync("packages/client/dist/**/*.map", { cwd: root });
  if (maps.length === 0) throw new Error('The client is not built. Run "pnpm run build" first.');
  const sources = maps.flatMap((file) => JSON.parse(readFileSync(join(root, file), "utf8")).sources as string[]);
  const names = sources.flatMap((path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(names)];
}

/**
 * Writes a bill of materials for each published package, made by pnpm, with what is bundled added.
 *
 * @param folder where the files go; what was there is removed
 * @returns the paths of the files
 */
export async function writeBills(folder: string): Promise<readonly string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await sbom(["--prod", "--split", "--out", join(folder, "%s.cdx.json")], published());
  const ofClient = join(folder, "contact-groups-client.cdx.json");
  const bill: Bill = JSON.parse(await readFile(ofClient, "utf8"));
  const all: Bill = JSON.parse(await sbom(["--dev"], ["./packages/client"]));
  const inside = bundledInClient().map((wanted) => {
    const found = all.components.find(
      ({ group, name }) => (group === undefined ? name : `${group}/${name}`) === wanted,
    );
    if (found === undefined) throw new Error(`${wanted} is bundled in the client, but is not in the lockfile.`);
    return found;
  });
  await writeFile(ofClient, `${JSON.stringify({ ...bill, components: [...bill.components, ...inside] }, null, 2)}\n`);
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
