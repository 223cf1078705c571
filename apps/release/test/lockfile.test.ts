import { globbySync } from "globby";
import { expect, test } from "vitest";
import { checkLockfile, type Installed } from "../checks/lockfile.ts";
import { read, root } from "./repository.ts";

/** What pnpm installed of the lockfile on this platform. */
const installed: readonly Installed[] = globbySync("node_modules/.pnpm/*/node_modules/{*,@*/*}/package.json", {
  cwd: root,
  dot: true,
  followSymbolicLinks: false,
}).map((path) => JSON.parse(read(path)));

test("the lockfile has a checksum for each package, a part for each platform, and no host", () => {
  expect(checkLockfile(read("pnpm-lock.yaml"), installed)).toEqual([]);
});

test("the installed packages name parts for Linux, macOS and Windows", () => {
  const parts = installed.flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
  for (const platform of ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "win32-x64"])
    expect(parts.filter((part) => part.includes(platform)).length).toBeGreaterThan(5);
});

const good = `packages:
  a@1.0.0:
    resolution: {integrity: sha512-AAAA==}
  a-darwin@1.0.0:
    resolution: {integrity: sha512-AAAA==}
snapshots:
  a@1.0.0(b@1.0.0):
    optionalDependencies:
      a-darwin: 1.0.0
      a-linux: 1.0.0
  a-darwin@1.0.0:
    optional: true
`;
const onLinux: readonly Installed[] = [
  { name: "a", version: "1.0.0", optionalDependencies: { "a-darwin": "1.0.0", "a-linux": "1.0.0" } },
];

test("accepts a lockfile without a host, with all checksums and parts", () => {
  expect(checkLockfile(good, onLinux)).toEqual([]);
});

test.each([
  ["a host, with its line", "AAAA==", "AAAA==, tarball: https://registry.example.com/a.tgz", "pnpm-lock.yaml:3"],
  ["a package without a strong checksum", "sha512", "sha1", "pnpm-lock.yaml: a@1.0.0"],
  ["a part that is missing", "      a-darwin: 1.0.0\n", "", "pnpm-lock.yaml: a@1.0.0(b@1.0.0)"],
  ["a package that is not installed", "    optional: true", "    optional: false", "pnpm-lock.yaml: a-darwin@1.0.0"],
])("finds %s", (_, from, to, where) => {
  expect(checkLockfile(good.replace(from, to), onLinux)).toEqual([expect.objectContaining({ where })]);
});

test("names the missing part, and the command that adds it", () => {
  const [violation] = checkLockfile(good.replace("      a-darwin: 1.0.0\n", ""), onLinux);
  expect(violation?.what).toBe("It lacks a-darwin. Run `pnpm install --lockfile-only --fix-lockfile`.");
});
