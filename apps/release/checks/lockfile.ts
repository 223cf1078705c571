import { parse } from "yaml";
import type { RepositoryViolation } from "./violation.ts";

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly resolution: Readonly<Record<string, string>> }>>;
  readonly snapshots: Readonly<Record<string, Snapshot>>;
}

interface Snapshot {
  /** Whether every path to it is optional. Such a package is installed only where its platform matches. */
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The part of an installed package's package.json that is compared with the lockfile. It names the parts for all platforms. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * Checks that the lockfile works for everyone: each package has its checksum, no host of a registry is recorded, and each package has its
 * parts for every platform for which its authors publish one.
 *
 * @param installed the packages in `node_modules`, whatever platform that is
 */
export function checkLockfile(text: string, installed: readonly Installed[]): readonly RepositoryViolation[] {
  const { packages, snapshots }: Lockfile = parse(text);
  return [...findHosts(text), ...findUnsigned(packages), ...findMissingParts(snapshots, installed)];
}

function findHosts(text: string): readonly RepositoryViolation[] {
  return text.split("\n").flatMap((line, index) =>
    /\b(?:https?|git\+\w+|ssh):\/\//.test(line)
      ? [
          {
            where: `pnpm-lock.yaml:${index + 1}`,
            what: "The lockfile must not record a host. Install again without a tarball URL.",
          },
        ]
      : [],
  );
}

function findUnsigned(packages: Lockfile["packages"]): readonly RepositoryViolation[] {
  return Object.entries(packages)
    .filter(([, { resolution }]) => !resolution["integrity"]?.startsWith("sha512-"))
    .map(([name]) => ({
      where: `pnpm-lock.yaml: ${name}`,
      what: "It has no sha512 checksum. Install it from a registry.",
    }));
}

function findMissingParts(
  snapshots: Lockfile["snapshots"],
  installed: readonly Installed[],
): readonly RepositoryViolation[] {
  const named = new Map(
    installed.map((manifest) => [
      `${manifest.name}@${manifest.version}`,
      Object.keys(manifest.optionalDependencies ?? {}),
    ]),
  );
  return Object.entries(snapshots).flatMap(([key, { optional = false, optionalDependencies = {} }]) => {
    const where = `pnpm-lock.yaml: ${key}`;
    // The names of its peers in parentheses follow the version.
    const parts = named.get(key.replace(/\(.*/, ""));
    if (parts === undefined)
      return optional ? [] : [{ where, what: "It is not installed. Run `pnpm install`, then check again." }];
    const missing = parts.filter((part) => !(part in optionalDependencies));
    if (missing.length === 0) return [];
    const what = `It lacks ${missing.join(", ")}. Run \`pnpm install --lockfile-only --fix-lockfile\`.`;
    return [{ where, what }];
  });
}
