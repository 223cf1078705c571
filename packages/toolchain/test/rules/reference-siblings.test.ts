import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/reference-siblings";
const file = "components/schemas/RequestConversation.yaml";

test.each<[string, unknown, string]>([
  ["description", null, "a value of type string"],
  ["type", 7, "one of `object`"],
  ["required", "Type", "a value of type array"],
  ["minItems", 1.5, "a value of type integer"],
])("refuses a `%s` of the wrong type next to a $ref", async (keyword, value, expected) => {
  const problems = await lintEdited("source", { [file]: (schema) => (schema[keyword] = value) });
  expect(problems).toEqual([
    {
      rule,
      at: `${file}#/${keyword}`,
      message: expect.stringContaining(`\`${keyword}\` has a wrong value. Write ${expected}`),
    },
  ]);
});
