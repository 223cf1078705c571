import { parse } from "yaml";
import type { Finding } from "./finding.ts";

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly resolution: Readonly<Record<string, string>> }>>;
  readonly snapshots: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}

/**
 * Judges the lockfile by itself: each package has its checksum, and no host of a registry is recorded, so that the same file serves
 * everybody's.
 */
export function judgeLockfile(text: string): readonly Finding[] {
  const { packages }: Lockfile = parse(text);
  const hosts = text
    .split("\n")
    .flatMap((line, index) =>
      /\b(?:https?|git\+\w+|ssh):\/\//.test(line)
        ? [{ where: `pnpm-lock.yaml:${index + 1}`, what: "A host is recorded. Install again without a tarball URL." }]
        : [],
    );
  const unsigned = Object.entries(packages)
    .filter(([, { resolution }]) => !resolution["integrity"]?.startsWith("sha512-"))
    .map(([name]) => ({ where: `pnpm-lock.yaml: ${name}`, what: "It has no sha512 checksum." }));
  return [...hosts, ...unsigned];
}

/**
 * Says which native parts of packages are missing from the lockfile, so that it would install on one platform and fail on another.
 *
 * @param manifestOf gives the package.json of an installed package, by its key in the lockfile; nothing, if it is not installed
 */
export function missingPlatforms(
  text: string,
  manifestOf: (key: string) => { readonly optionalDependencies?: Readonly<Record<string, string>> } | undefined,
): readonly Finding[] {
  const { snapshots }: Lockfile = parse(text);
  return Object.entries(snapshots).flatMap(([key, { optionalDependencies = {} }]) => {
    const named = Object.keys(manifestOf(key)?.optionalDependencies ?? {});
    const missing = named.filter((name) => !(name in optionalDependencies));
    if (missing.length === 0) return [];
    return [{ where: key, what: `Install with a registry that has ${missing.join(", ")}.` }];
  });
}
