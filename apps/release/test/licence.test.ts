import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { checkLicences, type Licensed } from "../checks/licence.ts";
import { published, read, root } from "./repository.ts";

test("every dependency of our packages has an allowed licence", () => {
  const filters = ["./packages/*", "./openapi"].flatMap((path) => ["--filter", path]);
  const text = execFileSync("pnpm", ["licenses", "list", "--prod", "--json", "--recursive", ...filters], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    // It is a batch file on Windows.
    shell: process.platform === "win32",
  });
  const packages: readonly Licensed[] = Object.values<readonly Licensed[]>(JSON.parse(text)).flat();
  const direct = published.flatMap((path) => Object.keys(JSON.parse(read(path)).dependencies ?? {}));
  const others = direct.filter((name) => !name.startsWith("@contact-groups/"));
  expect(others).not.toEqual([]);
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(others));
  expect(checkLicences(packages)).toEqual([]);
});

test("every package bundled in the contract package has an allowed licence", () => {
  const notices = read("packages/contract/dist/THIRD-PARTY-NOTICES.txt");
  const titles = [...notices.matchAll(/^-{80}\n\n(?<name>\S+) \S+ \((?<license>.+)\)$/gm)];
  const packages = titles.map(({ groups }) => ({ name: groups?.["name"] ?? "", license: groups?.["license"] ?? "" }));
  expect(packages.length).toBeGreaterThan(20);
  expect(packages).toContainEqual({ name: "@stoplight/prism-http", license: "Apache-2.0" });
  expect(checkLicences(packages)).toEqual([]);
});

test.each(["MIT", "(MIT OR GPL-3.0-only)", "Apache-2.0 AND BSD-3-Clause"])("allows %s", (license) => {
  expect(checkLicences([{ name: "a", license }])).toEqual([]);
});

test.each(["GPL-3.0-only", "MIT AND AGPL-3.0-only", "Unknown", "SEE LICENSE IN LICENSE.md", ""])(
  "rejects %j and names the package",
  (license) => {
    expect(checkLicences([{ name: "a", license }])).toEqual([
      { where: "a", what: expect.stringContaining(`Its licence is "${license}"`) },
    ]);
  },
);
