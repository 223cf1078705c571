import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { releasedVersions, lastReleased } from "../../breaking/released.ts";
import { keepReleased, publishedFolders, record, setInfoVersion } from "../../release/release.ts";
import { pathOf } from "../edited.ts";

const manifestOf = (folder: string, at: string): any =>
  JSON.parse(readFileSync(join(at, folder, "package.json"), "utf8"));

/** A folder with what a release writes to. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of ["openapi.yaml", "dist/errors.json"]) cpSync(pathOf(file), join(folder, "openapi", file));
  const manifests = { openapi: {}, "packages/client": {}, "packages/core": { private: true } };
  for (const [name, manifest] of Object.entries(manifests)) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "package.json"), JSON.stringify({ name, version: "1.1.0", ...manifest }));
  }
  const bundle = readFileSync(pathOf("dist/openapi.json"), "utf8");
  writeFileSync(join(folder, "openapi/dist/openapi.json"), bundle.replace(/(?<="version": ")[^"]+/, "1.2.0"));
  return folder;
}

test("the description and every package that is not private are published", () => {
  expect(publishedFolders(copy())).toEqual(["openapi", "packages/client"]);
});

test("a release changes only info.version of openapi.yaml", () => {
  const folder = copy();
  const before = readFileSync(join(folder, "openapi/openapi.yaml"), "utf8").split("\n");
  setInfoVersion(folder, "1.2.0");
  const after = readFileSync(join(folder, "openapi/openapi.yaml"), "utf8").split("\n");
  expect(after.filter((line, index) => line !== before[index])).toEqual(["  version: 1.2.0"]);
});

test("rejects an openapi.yaml without a version, with what to do", () => {
  const folder = copy();
  writeFileSync(join(folder, "openapi/openapi.yaml"), "info:\n  title: Groups\nx:\n  version: 1.0.0\n");
  expect(() => setInfoVersion(folder, "1.2.0")).toThrow(/no "version" under "info"\. Restore it/);
});

test("each package records version and hash of the released bundle, which stays in the repository", () => {
  const folder = copy();
  const recorded = keepReleased(folder, "1.2.0");
  record(folder, recorded);
  const kept = readFileSync(join(folder, "openapi/released/1.2.0/openapi.json"));
  const digest = createHash("sha256").update(kept).digest("base64");
  expect(recorded).toEqual({ version: "1.2.0", integrity: `sha256-${digest}` });
  for (const name of publishedFolders(folder)) expect(manifestOf(name, folder).openapi).toEqual(recorded);
  expect(lastReleased(join(folder, "openapi/released"))).toEqual({ version: "1.2.0", bundle: JSON.parse(`${kept}`) });
});

test("a bundle of another version is an error", () => {
  expect(() => keepReleased(copy(), "1.3.0")).toThrow(
    'openapi/dist has version 1.2.0, but 1.3.0 was expected. Run "pnpm run bundle" first.',
  );
});

test("the last release is the highest version, not the last in alphabetical order", () => {
  const folder = mkdtempSync(join(tmpdir(), "released-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const version of ["0.10.0", "0.9.0", "0.2.10", "notes"]) mkdirSync(join(folder, version));
  expect(releasedVersions(folder)).toEqual(["0.2.10", "0.9.0", "0.10.0"]);
  expect(() => lastReleased(folder)).toThrow("Restore it from the commit of version 0.10.0");
});
