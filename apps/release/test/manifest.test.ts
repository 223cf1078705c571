import { expect, test } from "vitest";
import { judgeManifest, type Manifest } from "../checks/manifest.ts";
import { published, read } from "./repository.ts";

test("four packages are published", () => {
  expect(published.map((path) => JSON.parse(read(path)).name).toSorted()).toEqual([
    "@contact-groups/client",
    "@contact-groups/contract",
    "@contact-groups/emulator",
    "@contact-groups/openapi",
  ]);
});

test.each(published)("%s is fit to be published", (path) => {
  expect(judgeManifest(JSON.parse(read(path)))).toEqual([]);
});

const good: Manifest = {
  name: "a",
  license: "MIT",
  files: ["dist"],
  scripts: { build: "tsdown", test: "vitest" },
  dependencies: { b: "catalog:", c: "workspace:*", d: "^1.0.0" },
  publishConfig: { access: "public", provenance: true },
};

test("has nothing to say of a good manifest", () => {
  expect(judgeManifest(good)).toEqual([]);
});

test.each([
  ["a script that runs at whoever installs", { scripts: { postinstall: "node ." } }, "a: /scripts/postinstall"],
  ["a script that runs at whoever installs from git", { scripts: { prepare: "node ." } }, "a: /scripts/prepare"],
  ["another licence", { license: "UNLICENSED" }, "a: /license"],
  ["no provenance", { publishConfig: { access: "public" } }, "a: /publishConfig/provenance"],
  ["no public access", { publishConfig: { provenance: true } }, "a: /publishConfig/access"],
  ["a dependency from elsewhere", { dependencies: { b: "github:b/b" } }, "a: /dependencies/b"],
])("finds %s", (_, edit, where) => {
  expect(judgeManifest({ ...good, ...edit })).toEqual([expect.objectContaining({ where })]);
});

test("finds a package that does not say what is published", () => {
  const { files: _, ...rest } = good;
  expect(judgeManifest(rest)).toEqual([expect.objectContaining({ where: "a: /files" })]);
});
