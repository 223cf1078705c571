import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { judgeLockfile, missingPlatforms } from "../checks/lockfile.ts";
import { read, root } from "./repository.ts";

const lockfile = read("pnpm-lock.yaml");

/** Packages of which the registry that the lockfile was made with had not all parts. The reference site is built with two, and unused code found with one. */
const incomplete = ["@astrojs/compiler-binding@0.5.1", "oxc-parser@0.156.0", "pagefind@1.6.0"];

function manifestOf(key: string): { readonly optionalDependencies?: Readonly<Record<string, string>> } | undefined {
  const [, name = "", version = ""] = /^(@?[^@]+)@([^(]+)/.exec(key) ?? [];
  const folder = join(root, "node_modules/.pnpm", `${name.replace("/", "+")}@${version}`, "node_modules", name);
  const file = join(folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

test("the lockfile has a checksum for each package and names no host", () => {
  expect(judgeLockfile(lockfile)).toEqual([]);
});

test("the lockfile has the native parts of every platform that the packages name", () => {
  const missing = missingPlatforms(lockfile, manifestOf).map(({ where }) => where);
  expect(missing).toEqual(incomplete);
});

test("the check of the platforms reads what is installed", () => {
  expect(Object.keys(manifestOf("turbo@2.11.9")?.optionalDependencies ?? {})).toHaveLength(6);
});

const packages = `packages:
  a@1.0.0:
    resolution: {integrity: sha512-AAAA==}
snapshots:
  a@1.0.0:
    optionalDependencies:
      a-linux: 1.0.0
`;

test("a lockfile without a host and with all checksums is good", () => {
  expect(judgeLockfile(packages)).toEqual([]);
});

test("finds a host in the lockfile, with its line", () => {
  const text = packages.replace("AAAA==", "AAAA==, tarball: https://registry.example.com/a.tgz");
  expect(judgeLockfile(text)).toEqual([expect.objectContaining({ where: "pnpm-lock.yaml:3" })]);
});

test("finds a package without a strong checksum", () => {
  expect(judgeLockfile(packages.replace("sha512", "sha1"))).toEqual([
    expect.objectContaining({ where: "pnpm-lock.yaml: a@1.0.0" }),
  ]);
});

test("finds a native part that is not in the lockfile", () => {
  const found = missingPlatforms(packages, () => ({
    optionalDependencies: { "a-linux": "1.0.0", "a-darwin": "1.0.0" },
  }));
  expect(found).toEqual([{ where: "a@1.0.0", what: "Install with a registry that has a-darwin." }]);
});
