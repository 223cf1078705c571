import { expect, test } from "vitest";
import { bundle } from "../bundle.ts";
import { lintEdited, type Problem } from "../lint-edited.ts";

const rule = "contact-groups/catalogue-complete";
const file = "errors/private.yaml";

/** Lints with one change to the first entry of the catalogue's first file. */
async function lintEntry(change: Record<string, unknown>): Promise<Problem[]> {
  return await lintEdited("source", {
    [file]: (entries) => {
      Object.assign(entries[0], change);
    },
  });
}

test("refuses an entry without one of its keys", async () => {
  const problems = await lintEdited("source", { [file]: (entries) => entries.splice(0, 1, {}) });
  const keys = ["code", "name", "message", "cause", "fix", "category", "retry", "operations", "status", "source"];
  for (const key of keys) {
    expect(problems).toContainEqual({
      rule: "struct",
      at: `${file}#/0`,
      message: `The field \`${key}\` must be present on this level.`,
    });
  }
});

test("refuses a category, retry and status that are not allowed values", async () => {
  const problems = await lintEntry({ category: "sometimes", retry: "sometimes", status: "sometimes" });
  expect(problems).toEqual(
    ["category", "retry", "status"].map((key) => ({
      rule: "struct",
      at: `${file}#/0/${key}`,
      message: expect.stringContaining(`\`${key}\` can be one of the following only`),
    })),
  );
});

test("refuses a name that is not PascalCase", async () => {
  const problems = await lintEntry({ name: "user_not_imported" });
  expect(problems).toEqual([
    { rule, at: `${file}#/0/name`, message: expect.stringContaining("Write it like `GroupNameTooLong`") },
  ]);
});

test("refuses an empty message, cause and fix", async () => {
  const problems = await lintEntry({ message: "", cause: "", fix: "" });
  expect(problems).toEqual(
    ["message", "cause", "fix"].map((key) => ({
      rule,
      at: `${file}#/0/${key}`,
      message: expect.stringContaining("is empty. Write a sentence"),
    })),
  );
});

test("refuses an operation that does not exist", async () => {
  const problems = await lintEntry({ operations: ["createContactGroups"] });
  expect(problems).toEqual([
    {
      rule,
      at: `${file}#/0/operations/0`,
      message: "There is no operation `createContactGroups`. Write an operationId. Did you mean `createContactGroup`?",
    },
  ]);
});

test("asks for a note where no operation answers the code", async () => {
  const problems = await lintEntry({ operations: [], note: undefined });
  expect(problems).toEqual([
    { rule, at: `${file}#/0/operations`, message: expect.stringContaining("Say in `note` where it comes from") },
  ]);
});

test("refuses a code or a name that another entry has", async () => {
  const problems = await lintEdited("source", {
    [file]: (entries) => {
      Object.assign(entries[1], { code: entries[0].code, name: entries[0].name });
    },
  });
  expect(problems.filter((problem) => problem.rule === rule)).toEqual([
    { rule, at: `${file}#/1/code`, message: expect.stringContaining("Write one entry per code.") },
    { rule, at: `${file}#/1/name`, message: expect.stringContaining("Give each code a name of its own.") },
  ]);
});

test("refuses a code that an entry of another file has", async () => {
  const [first] = bundle["x-errors"]["private"]!;
  const problems = await lintEdited("source", {
    "errors/gateway.yaml": (entries) => entries.push({ ...first, name: "AnotherName", operations: "all" }),
  });
  expect(problems).toEqual([
    {
      rule,
      at: expect.stringContaining("errors/gateway.yaml#/"),
      message: expect.stringContaining(`Code ${first!.code} is already`),
    },
  ]);
});
