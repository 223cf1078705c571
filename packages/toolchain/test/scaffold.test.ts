import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { pipeline } from "../bundle/pipeline.ts";
import { addCode, addField, addOperation, type Added } from "../scaffold/scaffold.ts";
import { add } from "../scaffold/scaffold.ts";
import { folder as description } from "./edited.ts";

/** A copy of the description that can be written to. Its rules are where they are in the repository. */
function copy(): string {
  // Inside the package, where its rules are found, and where no other tool looks.
  const copies = fileURLToPath(new URL("../.copies", import.meta.url));
  mkdirSync(copies, { recursive: true });
  const root = mkdtempSync(join(copies, "scaffold-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, "openapi");
  cpSync(description, folder, { recursive: true, filter: (path) => !/[\\/](dist|node_modules|\.turbo)$/.test(path) });
  return folder;
}

function write(folder: string, files: Added): void {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

const filled = (text: string): string =>
  text
    .replaceAll(/url: ""/g, 'url: "https://example.com"')
    .replaceAll(/(description|summary|message|cause|fix|note): ""/g, '$1: "Said."')
    .replaceAll(/(x-source|source): \[\]/g, "$1: [project]");

test.each<[string, (folder: string) => Added]>([
  ["operation", (folder) => addOperation(folder, "pin_contact_group", "delete")],
  ["error code", (folder) => addCode(folder, "51014", "TooManyMarks")],
  ["field", (folder) => addField(folder, "GetContactGroupOk.Total", "integer")],
])("the linter reports each empty place of an added %s, and accepts it once filled in", async (_, make) => {
  const folder = copy();
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
  const folder = copy();
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
  const folder = copy();
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
