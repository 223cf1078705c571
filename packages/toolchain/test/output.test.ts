import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeWhole } from "../bundle/output.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "write-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test("writes new and changed files, and lists them", () => {
  const at = folder();
  writeFileSync(join(at, "same"), "1");
  const before = statSync(join(at, "same")).ino;
  const files = { [join(at, "same")]: "1", [join(at, "inner/new")]: "2" };
  expect(writeWhole(files)).toEqual([join(at, "inner/new")]);
  expect(readFileSync(join(at, "inner/new"), "utf8")).toBe("2");
  expect(statSync(join(at, "same")).ino).toBe(before);
});

test("changes no file when one of them cannot be written", () => {
  const at = folder();
  writeFileSync(join(at, "first"), "old");
  writeFileSync(join(at, "file"), "");
  expect(() => writeWhole({ [join(at, "first")]: "new", [join(at, "file/inside")]: "new" })).toThrow("EEXIST");
  expect(readFileSync(join(at, "first"), "utf8")).toBe("old");
  expect(readdirSync(at).toSorted()).toEqual(["file", "first"]);
});

test("replaces a file instead of writing into it, so that a reader gets the old text or the new", () => {
  const at = folder();
  writeFileSync(join(at, "file"), "old");
  const before = statSync(join(at, "file")).ino;
  writeWhole({ [join(at, "file")]: "new" });
  expect(statSync(join(at, "file")).ino).not.toBe(before);
});
