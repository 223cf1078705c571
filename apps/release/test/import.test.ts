import { dirname } from "node:path/posix";
import { expect, test } from "vitest";
import { checkImports, type Packages } from "../checks/import.ts";
import { files, read } from "./repository.ts";

const packages: Packages = new Map(
  files("openapi/package.json", "{apps,packages}/*/package.json").map((path) => [
    dirname(path),
    JSON.parse(read(path)).name as string,
  ]),
);

test("no package imports a file of another by path, and nothing imports from apps", () => {
  const programs = files("{apps,openapi,packages}/**/*.{astro,cjs,cts,js,mjs,mts,ts}");
  expect(packages.size).toBeGreaterThan(8);
  expect(programs.length).toBeGreaterThan(800);
  expect(programs.flatMap((path) => checkImports(path, read(path), packages))).toEqual([]);
});

const three: Packages = new Map([
  ["packages/a", "@contact-groups/a"],
  ["packages/ab", "@contact-groups/ab"],
  ["apps/site", "@contact-groups/site"],
]);

test.each([
  ["import", 'import { b } from "../../ab/src/b.ts";'],
  ["import of types", 'import type { B } from "../../ab/src/b.ts";'],
  ["import for what it does", 'import "../../ab/src/b.ts";'],
  ["import in single quotes", "import { b } from '../../ab/src/b.ts';"],
  ["import over lines", 'import {\n  b,\n} from "../../ab/src/b.ts";'],
  ["import of the folder", 'import { b } from "../../ab";'],
  ["export", 'export * from "../../ab/src/b.ts";'],
  ["dynamic import", 'const b = await import("../../ab/src/b.ts");'],
  ["type that imports", 'type B = import("../../ab/src/b.ts").B;'],
  ["require", 'const b = require("../../ab/src/b.ts");'],
])("finds an %s by the path of a file in another package", (_, code) => {
  const [violation, ...others] = checkImports("packages/a/src/a.ts", `// One line.\n${code}`, three);
  expect(others).toEqual([]);
  expect(violation?.where).toMatch(/^packages\/a\/src\/a\.ts:[234]$/);
  expect(violation?.what).toContain("a file of packages/ab, by path. Import it from @contact-groups/ab by its name");
});

test.each([
  ["by path", "packages/a/src/a.ts", 'import "../../../apps/site/src/page.ts";'],
  ["by name", "packages/a/src/a.ts", 'import "@contact-groups/site";'],
  ["by name and entry", "packages/a/src/a.ts", 'import "@contact-groups/site/page";'],
  ["of a component", "packages/a/src/a.astro", '---\nimport "@contact-groups/site";\n---\n'],
  ["of its script", "packages/a/src/a.astro", "<p>It's</p>\n<script>\nimport '@contact-groups/site';\n</script>\n"],
])("finds an import from an app %s", (_, file, code) => {
  const [violation, ...others] = checkImports(file, code, three);
  expect(others).toEqual([]);
  expect(violation?.where).toMatch(new RegExp(`^${file.replace(".", "\\.")}:[123]$`));
  expect(violation?.what).toContain("of apps/site, but nothing may import from apps");
});

test.each([
  ["another package by its name", "packages/a/src/a.ts", 'import "@contact-groups/ab/entry";'],
  ["a file of the package itself", "packages/a/test/deep/a.ts", 'import "../../src/a.ts";'],
  ["an app's own file", "apps/site/src/page.ts", 'import "./part.ts";'],
  [
    "a file of no package",
    "packages/a/src/a.ts",
    'import manifest from "../../../package.json" with { type: "json" };',
  ],
  ["a package of the registry", "packages/a/src/a.ts", 'import "@contact-groups/abc";'],
  [
    "a path in a comment or a text",
    "packages/a/src/a.ts",
    '// import "../../ab/b.ts"\nconst a = \'from "../../ab/b.ts"\';',
  ],
])("accepts an import of %s", (_, file, code) => {
  expect(checkImports(file, code, three)).toEqual([]);
});
