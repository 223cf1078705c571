import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { sourceFiles } from "../bundle/sources.ts";
import { pipeline } from "../bundle/pipeline.ts";
import { addCode, addField, addOperation, type Added } from "../scaffold/scaffold.ts";
import { add } from "../scaffold/scaffold.ts";
import { remove, removeOperation } from "../scaffold/remove.ts";
import { copy } from "./copy.ts";
import { folder as description } from "./edited.ts";

function write(folder: string, files: Added): void {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

const filled = (text: string): string =>
  text
    .replaceAll(/url: ""/g, 'url: "https://example.com"')
    .replaceAll(/(description|summary|title|message|cause|fix|note): ""/g, '$1: "Said."')
    .replaceAll(/(x-source|source): \[\]/g, "$1: [project]");

test.each<[string, (folder: string) => Added]>([
  ["operation", (folder) => addOperation(folder, "pin_contact_group", "delete")],
  ["error code", (folder) => addCode(folder, "51014", "TooManyMarks")],
  ["field", (folder) => addField(folder, "GetContactGroupOk.Total", "integer")],
])("the linter reports each empty place of an added %s, and accepts it once filled in", async (_, make) => {
  const folder = copy(description);
  const files = make(folder);
  write(folder, files);
  const before = await pipeline(folder)();
  expect(before.problems.length).toBeGreaterThan(0);
  const names = Object.keys(files).map((file) => `openapi/${file}:`);
  expect(before.problems.filter((problem) => !names.some((name) => problem.startsWith(name)))).toEqual([]);
  write(folder, Object.fromEntries(Object.entries(files).map(([file, text]) => [file, filled(text)])));
  const after = await pipeline(folder)();
  expect(after.problems).toEqual([]);
});

test("an added entry or field changes no other line of its file", () => {
  const folder = copy(description);
  for (const files of [
    addCode(folder, "51014", "TooManyMarks"),
    addField(folder, "GroupContactItem.Color", "string"),
  ]) {
    for (const [file, text] of Object.entries(files)) {
      const before = readFileSync(join(folder, file), "utf8").split("\n");
      const lost = before.filter((line) => !text.split("\n").includes(line));
      expect(lost).toEqual([]);
    }
  }
});

test.each<[string, readonly string[], string]>([
  [
    "a name that is not a segment of a path",
    ["operation", "pinContactGroup", "delete"],
    "is not the last segment of a path",
  ],
  ["an unknown effect", ["operation", "pin_contact_group", "remove"], "Write `read`, `create`, `change` or `delete`"],
  ["an operation that exists", ["operation", "get_contact_group", "read"], "already exists. Edit it"],
  ["a code that exists", ["code", "51010", "NewName"], "`51010 TooManyConversationGroups` already exists"],
  ["a schema that does not exist", ["field", "GroupItems.Color", "string"], "is not a schema and a field"],
  ["a field that exists", ["field", "GroupItem.GroupId", "integer"], "`GroupItem.GroupId` already exists"],
  ["too few words", ["field"], "but found field.\n\nUsage: describe add"],
])("rejects %s, and writes nothing", async (_, words, message) => {
  const folder = copy(description);
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => {
    error.mockRestore();
    process.exitCode = 0;
  });
  await add(folder, words);
  expect(error.mock.calls.join("\n")).toContain(message);
  expect(process.exitCode).toBe(1);
  expect(existsSync(join(folder, "paths/recentcontact/pinContactGroup.yaml"))).toBe(false);
});

function writeRemoval(folder: string, { files, removed }: ReturnType<typeof removeOperation>): void {
  write(folder, files);
  for (const file of removed) rmSync(join(folder, file));
}

test("an operation that was added and filled in is removed without a trace", async () => {
  const folder = copy(description);
  const texts = (): Record<string, string> =>
    Object.fromEntries(sourceFiles(folder).map((file) => [file, readFileSync(file, "utf8")]));
  const before = texts();
  write(folder, addOperation(folder, "pin_contact_group", "change"));
  expect(Object.keys(texts())).not.toEqual(Object.keys(before));
  writeRemoval(folder, removeOperation(folder, "pin_contact_group"));
  expect(texts()).toEqual(before);
});

test.each<[string, readonly string[], string]>([
  [
    "an operation that does not exist",
    ["operation", "pin_contact_group"],
    "`paths/recentcontact/pin_contact_group.yaml` does not exist.",
  ],
  ["another kind", ["code", "51010"], "but found code 51010.\n\nUsage: describe remove"],
])("rejects the removal of %s, and writes nothing", async (_, words, message) => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => {
    error.mockRestore();
    process.exitCode = 0;
  });
  await remove(copy(description), words);
  expect(error.mock.calls.join("\n")).toContain(message);
  expect(process.exitCode).toBe(1);
});

test("rejects the removal of the only operation, and writes nothing", async () => {
  const folder = copy(description);
  for (const file of readdirSync(join(folder, "paths/recentcontact")))
    if (file !== "get_contact_group.yaml") rmSync(join(folder, "paths/recentcontact", file));
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => {
    error.mockRestore();
    process.exitCode = 0;
  });
  await remove(folder, ["operation", "get_contact_group"]);
  expect(error.mock.calls.join("\n")).toContain("`get_contact_group` is the only operation");
  expect(existsSync(join(folder, "paths/recentcontact/get_contact_group.yaml"))).toBe(true);
});
