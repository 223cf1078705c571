import type { RepositoryViolation } from "./violation.ts";

/** The fields of a published package.json that are checked. */
export interface Manifest {
  readonly name: string;
  readonly license?: string;
  readonly files?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bin?: unknown;
  readonly exports?: unknown;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
}

/** Returns the files that the entries of a package name, relative to its folder. */
export function entryFiles({ exports, bin }: Pick<Manifest, "bin" | "exports">): readonly string[] {
  const files = (node: unknown): string[] =>
    typeof node === "string" ? [node] : Object.values(Object(node)).flatMap(files);
  return [...files(exports), ...files(bin)];
}

/** Scripts that package managers run when somebody installs a package. */
const installScripts = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];

/** Checks the package.json of a published package. */
export function checkManifest(manifest: Manifest): readonly RepositoryViolation[] {
  const violations: RepositoryViolation[] = [];
  const find = (pointer: string, what: string) => violations.push({ where: `${manifest.name}: ${pointer}`, what });
  for (const name of installScripts)
    if (manifest.scripts?.[name] !== undefined)
      find(`/scripts/${name}`, "Install scripts are not allowed. Build before publishing.");
  if (manifest.files === undefined) find("/files", "List what is published, so that nothing else is.");
  if (manifest.license !== "MIT") find("/license", "Expected MIT, as in the LICENSE file.");
  if (manifest.publishConfig?.["provenance"] !== true)
    find("/publishConfig/provenance", "Expected true, so that the registry shows which commit and workflow built it.");
  if (manifest.publishConfig?.["access"] !== "public") find("/publishConfig/access", "Expected public.");
  for (const [name, range] of Object.entries(manifest.dependencies ?? {}))
    if (!/^(?:catalog:|workspace:\*|[\^~]?\d)/.test(range))
      find(
        `/dependencies/${name}`,
        `${range} is not a version from a registry. Write a range such as ^1.2.0, catalog: or workspace:*.`,
      );
  return violations;
}
