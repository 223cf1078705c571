import { describe, expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

describe("reference-names-file", () => {
  const rule = "contact-groups/reference-names-file";
  const file = "components/schemas/ErrorCode.yaml";

  test.each(["", "#/", "#/anyOf/1", "KnownErrorCode"])("reports a reference to no file, `%s`", async ($ref) => {
    const problems = await lintEdited("source", { [file]: (schema) => (schema.anyOf[0].$ref = $ref) });
    expect(problems).toContainEqual({
      rule,
      at: `${file}#/anyOf/0/$ref`,
      message: expect.stringContaining(`\`${$ref}\` is not the path of a file.`),
    });
  });
});

describe("reference-siblings", () => {
  const rule = "contact-groups/reference-siblings";
  const file = "components/schemas/RequestConversation.yaml";

  test.each<[string, unknown, string]>([
    ["description", null, "a value of type string"],
    ["type", 7, "one of `object`"],
    ["required", "Type", "a value of type array"],
    ["minItems", 1.5, "a value of type integer"],
  ])("reports a `%s` of the wrong type next to a $ref", async (keyword, value, expected) => {
    const problems = await lintEdited("source", { [file]: (schema) => (schema[keyword] = value) });
    expect(problems).toEqual([
      {
        rule,
        at: `${file}#/${keyword}`,
        message: expect.stringContaining(`\`${keyword}\` has an invalid value. Write ${expected}`),
      },
    ]);
  });
});
