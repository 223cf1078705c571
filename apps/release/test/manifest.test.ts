import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { entryFiles, checkManifest, type Manifest } from "../checks/manifest.ts";
import { published, read, root } from "./repository.ts";

test("four packages are published", () => {
  expect(published.map((path) => JSON.parse(read(path)).name).toSorted()).toEqual([
    "@contact-groups/client",
    "@contact-groups/contract",
    "@contact-groups/emulator",
    "@contact-groups/openapi",
  ]);
});

test.each(published)("%s can be published", (path) => {
  expect(checkManifest(JSON.parse(read(path)))).toEqual([]);
});

test.each(published)("each file that an entry of %s names is built", (path) => {
  const folder = join(root, dirname(path));
  const named = entryFiles(JSON.parse(read(path)));
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
});

test.each(published.filter((path) => path.startsWith("packages/")))(
  "the built files of %s import no package of this repository that it does not bring along",
  (path) => {
    const manifest: Manifest = JSON.parse(read(path));
    const built = globSync("dist/**/*.{js,cjs,d.ts,d.cts}", { cwd: join(root, dirname(path)) });
    expect(built.length).toBeGreaterThan(1);
    const imported = built.flatMap((file) => {
      const code = read(join(dirname(path), file)).replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
      return [...code.matchAll(/\b(?:from|import|require)\b\s*\(?\s*"(@contact-groups\/[^/"]+)/g)].map(
        ([, name]) => name,
      );
    });
    const allowed = new Set([manifest.name, ...Object.keys(manifest.dependencies ?? {})]);
    expect(imported.filter((name = "") => !allowed.has(name))).toEqual([]);
  },
);

const good: Manifest = {
  name: "a",
  license: "MIT",
  files: ["dist"],
  scripts: { build: "tsdown", test: "vitest" },
  dependencies: { b: "catalog:", c: "workspace:*", d: "^1.0.0" },
  publishConfig: { access: "public", provenance: true },
};

test("accepts a valid manifest", () => {
  expect(checkManifest(good)).toEqual([]);
});

test.each([
  ["an install script", { scripts: { postinstall: "node ." } }, "a: /scripts/postinstall"],
  ["a script that runs on an installation from git", { scripts: { prepare: "node ." } }, "a: /scripts/prepare"],
  ["another licence", { license: "UNLICENSED" }, "a: /license"],
  ["no provenance", { publishConfig: { access: "public" } }, "a: /publishConfig/provenance"],
  ["no public access", { publishConfig: { provenance: true } }, "a: /publishConfig/access"],
  ["a dependency from elsewhere", { dependencies: { b: "github:b/b" } }, "a: /dependencies/b"],
])("finds %s", (_, edit, where) => {
  expect(checkManifest({ ...good, ...edit })).toEqual([expect.objectContaining({ where })]);
});

test("reports a package that does not list what is published", () => {
  const { files: _, ...rest } = good;
  expect(checkManifest(rest)).toEqual([expect.objectContaining({ where: "a: /files" })]);
});
