import { expect, test } from "vitest";
import { operationIds } from "../bundle.ts";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/all-operations";
const file = "errors/private.yaml";
const operations = operationIds;

test("refuses a list of all operations", async () => {
  const problems = await lintEdited("source", { [file]: (entries) => (entries[0].operations = operations) });
  expect(problems).toEqual([
    {
      rule,
      at: `${file}#/0/operations`,
      message: "50001 lists every operation. Write `operations: all`, which holds for a new one too.",
    },
  ]);
});

test("accepts a list of some operations", async () => {
  const some = operations.slice(1);
  expect(await lintEdited("source", { [file]: (entries) => (entries[0].operations = some) })).toEqual([]);
});

test("refuses another word than `all`", async () => {
  const problems = await lintEdited("source", { [file]: (entries) => (entries[0].operations = "al") });
  expect(problems).toEqual([
    { rule: "struct", at: `${file}#/0/operations`, message: expect.stringContaining('following only: "all"') },
  ]);
});
