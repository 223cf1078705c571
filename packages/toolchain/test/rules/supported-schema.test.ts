import { expect, test } from "vitest";
import { lintEdited } from "../lint-edited.ts";

const rule = "contact-groups/supported-schema";
const file = "components/schemas/GetContactGroupRequest.yaml";
const source = ["project"];

test.each<[string, object]>([
  ["boolean", { type: "boolean" }],
  ["number", { type: "number" }],
  ["a list of types", { type: ["string", "null"], maxLength: 1 }],
])("refuses a field of a request whose type is %s, and names the types that are supported", async (_, schema) => {
  const problems = await lintEdited("source", {
    [file]: (request) => (request.properties.New = { ...schema, description: "New.", "x-source": source }),
  });
  expect(problems).toEqual([
    {
      rule,
      at: `${file}#/properties/New/type`,
      message: expect.stringContaining("Write one of `object`, `array`, `string`, `integer`"),
    },
  ]);
});

test("refuses a field of a request without a type, and an array that does not say what is in it", async () => {
  const problems = await lintEdited("source", {
    [file]: (request) => {
      request.properties.Any = { description: "New.", "x-source": source };
      request.properties.List = { type: "array", maxItems: 1, description: "New.", "x-source": source };
    },
  });
  expect(problems.map(({ at }) => at)).toEqual([`${file}#/properties/Any`, `${file}#/properties/List`]);
});

test("takes every type in a response, where nothing is made of it", async () => {
  const problems = await lintEdited("source", {
    "components/schemas/GroupItem.yaml": (schema) =>
      (schema.properties.New = { type: "boolean", description: "New.", "x-source": source }),
  });
  expect(problems).toEqual([]);
});

test("refuses alternatives of a request that nothing tells apart", async () => {
  const problems = await lintEdited("source", {
    "components/schemas/GroupConversation.yaml": (schema) => delete schema.properties.Type.const,
  });
  expect(problems).toContainEqual({
    rule,
    at: "components/schemas/Conversation.yaml#/oneOf",
    message: expect.stringContaining("Nothing tells the alternatives of this `oneOf` apart."),
  });
});

test("refuses a pattern that is no regular expression", async () => {
  const problems = await lintEdited("source", {
    "components/schemas/StandardMark.yaml": (schema) => (schema.pattern = "^[01*$"),
  });
  expect(problems).toContainEqual({
    rule,
    at: "components/schemas/StandardMark.yaml#/pattern",
    message: expect.stringContaining("This is not a regular expression"),
  });
});
