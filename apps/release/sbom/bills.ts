import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import client from "../../../packages/client/tsdown.config.ts";

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

/** Development dependencies whose code is in a published file, so that no installation tells of them. */
export const bundled: Readonly<Record<string, readonly string[]>> = {
  client: [client.deps?.onlyBundle ?? []].flat().filter((name) => typeof name === "string"),
};

/**
 * Writes a bill of materials for each published package, made by pnpm, with what is bundled added.
 *
 * @param folder where the files go; what was there is removed
 * @returns the paths of the files
 */
export async function writeBills(folder: string): Promise<readonly string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await sbom(
    ["--prod", "--split", "--out", join(folder, "%s.cdx.json")],
    ["./packages/*", "!./packages/core", "!./packages/testing", "!./packages/toolchain", "./openapi"],
  );
  for (const [name, names] of Object.entries(bundled)) {
    const file = join(folder, `contact-groups-${name}.cdx.json`);
    const bill: Bill = JSON.parse(await readFile(file, "utf8"));
    const all: Bill = JSON.parse(await sbom(["--dev"], [`./packages/${name}`]));
    const inside = names.map((wanted) => {
      const found = all.components.find((component) => component.name === wanted);
      if (found === undefined) throw new Error(`${wanted} is bundled in ${name}, but is not in the lockfile.`);
      return found;
    });
    await writeFile(file, `${JSON.stringify({ ...bill, components: [...bill.components, ...inside] }, null, 2)}\n`);
  }
  return (await readdir(folder)).toSorted().map((file) => join(folder, file));
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
