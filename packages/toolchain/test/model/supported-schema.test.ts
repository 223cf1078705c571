import { describe, expect, test } from "vitest";
import { edited, makeFrom, type Edit } from "../edited.ts";

const file = "components/schemas/GetContactGroupRequest.yaml";
const source = ["project"];

/** The problems of the description as it would be with the edits. */
async function problemsOf(edits: Record<string, Edit>): Promise<readonly string[]> {
  return (await makeFrom(edited(edits))).problems;
}

function withField(schema: object): Record<string, Edit> {
  return { [file]: (request) => (request.properties.New = { ...schema, description: "New.", "x-source": source }) };
}

test.each<[string, object]>([
  ["true or false", { type: "boolean" }],
  ["a number", { type: "number", minimum: 0 }],
  ["null in addition to a text", { type: ["string", "null"], maxLength: 1 }],
  ["a value of one of two types", { type: ["string", "integer"], enum: ["a", 1] }],
  ["a value of its own", { type: "integer", const: 7 }],
  ["one of some values", { type: "string", enum: ["a", "b"] }],
])("a field of a request can be %s", async (_, schema) => {
  expect(await problemsOf(withField(schema))).toEqual([]);
});

describe("reports the line of an unsupported schema, and what to write:", () => {
  test.each<[string, object, string]>([
    ["no type", {}, "A schema without `type` is not supported"],
    ["two types", { type: ["string", "integer"], maxLength: 1 }, "has one type"],
    ["a type that JSON does not have", { type: "null" }, "A schema without `type` is not supported"],
    ["an array of anything", { type: "array", maxItems: 1 }, "Add `items`."],
    [
      "another keyword",
      { type: "integer", multipleOf: 2 },
      "`multipleOf` is not supported, so it would not be checked.",
    ],
    ["a condition", { type: "integer", not: { const: 3 } }, "`not` is not supported"],
    [
      "a field that has a type of every name",
      { type: "object", additionalProperties: { type: "integer" } },
      "`additionalProperties` with a schema is not supported",
    ],
  ])("%s", async (_, schema, message) => {
    const problems = await problemsOf(withField(schema));
    expect(problems).toContainEqual(expect.stringContaining(message));
    expect(problems.filter((problem) => !problem.startsWith(`openapi/${file}:`))).toEqual([]);
  });

  test("another limit next to a `$ref`", async () => {
    const problems = await problemsOf({ [file]: (request) => (request.properties.From_Account.maxLength = 3) });
    expect(problems).toContainEqual(
      expect.stringMatching(
        /^openapi\/components\/schemas\/GetContactGroupRequest\.yaml:\d+:\d+ `maxLength` is 3 here and/,
      ),
    );
  });

  test("alternatives that nothing discriminates", async () => {
    const problems = await problemsOf({
      "components/schemas/GroupConversation.yaml": (schema) => delete schema.properties.Type.const,
    });
    expect(problems).toContainEqual(
      expect.stringMatching(
        /^openapi\/components\/schemas\/Conversation\.yaml:\d+:\d+ Nothing discriminates the alternatives/,
      ),
    );
  });
});

test("checks the fields of responses in the same way", async () => {
  const problems = await problemsOf({
    "components/schemas/GroupItem.yaml": (schema) =>
      (schema.properties.New = { description: "New.", "x-source": source }),
  });
  expect(problems).toEqual([
    expect.stringMatching(/^openapi\/components\/schemas\/GroupItem\.yaml:\d+:\d+ A schema without `type`/),
  ]);
});
