/** Parts of a schema that all apply (`$ref` and what is next to it, `allOf`, `anyOf`, `oneOf`) are one field, or a violation at the part that makes it two. */
import { describe, expect, test } from "vitest";
import type { Schema } from "../../model/bundle.ts";
import { toField } from "../../model/to-field.ts";

const text: Schema = { type: "string", maxLength: 5 };
const closed: Schema = { type: "object", properties: { a: text }, additionalProperties: false };

/** The field of a schema that may refer to `Text`, `Closed`, `Loop` and `Chain`. */
function read(schema: Schema): { field: unknown; violations: string[] } {
  const schemas: Record<string, Schema> = {
    Text: text,
    Closed: closed,
    Loop: { type: "object", properties: { inner: { $ref: "#/components/schemas/Loop" } } },
    Chain: { allOf: [{ type: "object", properties: { list: { type: "array", items: { $ref: ref("Chain") } } } }] },
  };
  const violations: string[] = [];
  const field = toField({ components: { schemas } }, schema, "/here", ({ pointer, message }) =>
    violations.push(`${pointer} ${message}`),
  );
  return { field, violations };
}

/** An object with a tag. */
function tagged(tag: Schema): Schema {
  return { type: "object", required: ["t"], properties: { t: { type: "integer", ...tag } } };
}

function ref(name: string): string {
  return `#/components/schemas/${name}`;
}

describe("is one field:", () => {
  test.each<[string, Schema, object]>([
    [
      "a `$ref` with a text next to it",
      { $ref: ref("Text"), description: "Mine." },
      { maxLength: 5, description: "Mine." },
    ],
    ["the same limit twice", { allOf: [text, { maxLength: 5 }] }, { type: "string", maxLength: 5 }],
    ["different limits", { allOf: [text, { minLength: 1 }] }, { minLength: 1, maxLength: 5 }],
    [
      "a list of values and some of them",
      { allOf: [{ type: "integer", enum: [1, 2, 3] }, { enum: [1, 3] }] },
      { enum: [1, 3] },
    ],
    ["a list of values and one of them", { allOf: [{ type: "integer", enum: [1, 2] }, { const: 2 }] }, { enum: [2] }],
    [
      "error codes of different keywords",
      {
        allOf: [
          { type: "string", minLength: 1, maxLength: 5, "x-errorCodes": { minLength: 1 } },
          { "x-errorCodes": { maxLength: 2 } },
        ],
      },
      { errors: { minLength: 1, maxLength: 2 } },
    ],
    [
      "a property of two parts",
      { allOf: [{ type: "object", properties: { a: { type: "integer" } } }, { properties: { a: { maximum: 3 } } }] },
      { fields: { a: { type: "integer", maximum: 3 } } },
    ],
    [
      "a list of two parts",
      { allOf: [{ type: "array", items: { type: "integer" } }, { items: { minimum: 1 } }] },
      { items: { type: "integer", minimum: 1 } },
    ],
    [
      "known values of an open list",
      { anyOf: [{ type: "integer", enum: [1] }, { type: "integer" }] },
      { type: "integer" },
    ],
    [
      "an object that is closed with all its parts",
      {
        allOf: [{ type: "object", properties: { a: text } }, { properties: { b: text } }],
        unevaluatedProperties: false,
      },
      { closed: true, fields: { a: text, b: text } },
    ],
    [
      "alternatives of which one is for every other value",
      { oneOf: [tagged({ const: 0 }), tagged({ not: { enum: [0] } })] },
      {
        type: "union",
        by: "t",
        alternatives: [
          { value: 0, fields: { t: { enum: [0] } } },
          { fields: { t: { type: "integer" } }, required: ["t"] },
        ],
      },
    ],
    ["a closed object with a text next to its `$ref`", { $ref: ref("Closed"), description: "Mine." }, { closed: true }],
  ])("%s", (_, schema, field) => {
    const result = read(schema);
    expect(result.violations).toEqual([]);
    expect(result.field).toMatchObject(field);
  });
});

describe("is a violation at its place:", () => {
  test.each<[string, Schema, string, string]>([
    [
      "another limit next to a `$ref`",
      { $ref: ref("Text"), maxLength: 3 },
      "/here/maxLength",
      "`maxLength` is 3 here and 5 in another part",
    ],
    [
      "another limit in a part",
      { allOf: [text, { maxLength: 9 }] },
      "/here/allOf/1/maxLength",
      "`maxLength` is 9 here and 5",
    ],
    [
      "another type in a part",
      { allOf: [text, { type: "integer" }] },
      "/here/allOf/1/type",
      '`type` is "integer" here',
    ],
    [
      "another pattern",
      { pattern: "^a", allOf: [{ type: "string", pattern: "b$" }] },
      "/here/pattern",
      "Write it in one place.",
    ],
    [
      "values that the list does not have",
      { allOf: [{ type: "integer", enum: [1, 2] }, { enum: [2, 3] }] },
      "/here/allOf/1/enum",
      "`enum` is [2,3] here",
    ],
    [
      "a value that the list does not have",
      { allOf: [{ type: "integer", enum: [1, 2] }, { const: 3 }] },
      "/here/allOf/1/const",
      "which `enum` of the same schema does not have",
    ],
    [
      "a value that its own list does not have",
      { type: "integer", enum: [1, 2], const: 3 },
      "/here/const",
      "which `enum` of the same schema does not have",
    ],
    [
      "another error code of a keyword",
      { allOf: [{ ...text, "x-errorCodes": { maxLength: 1 } }, { "x-errorCodes": { maxLength: 2 } }] },
      "/here/allOf/1/x-errorCodes",
      "`x-errorCodes` is",
    ],
    [
      "another limit of a property",
      { allOf: [{ type: "object", properties: { a: text } }, { properties: { a: { maxLength: 1 } } }] },
      "/here/allOf/1/properties/a/maxLength",
      "`maxLength` is 1 here and 5",
    ],
    [
      "another limit of an alternative's property",
      {
        properties: { a: { maxLength: 1 } },
        oneOf: [{ type: "object", required: ["t"], properties: { t: { type: "integer", const: 1 }, a: text } }],
      },
      "/here/properties/a/maxLength",
      "`maxLength` is 1 here and 5",
    ],
    [
      "a field next to a closed `$ref`",
      { $ref: ref("Closed"), properties: { b: text } },
      "/components/schemas/Closed/additionalProperties",
      "rejects the fields that the other parts",
    ],
    [
      "a closed part of two",
      { allOf: [{ ...closed }, { properties: { b: text } }] },
      "/here/allOf/0/additionalProperties",
      "Write `unevaluatedProperties: false`",
    ],
    [
      "a part that closes without seeing the others",
      {
        allOf: [{ type: "object", properties: { a: text }, unevaluatedProperties: false }, { properties: { b: text } }],
      },
      "/here/allOf/0/unevaluatedProperties",
      "closes this part only",
    ],
    [
      "a `oneOf` closed by what does not see its alternatives",
      {
        additionalProperties: false,
        oneOf: [{ type: "object", required: ["t"], properties: { t: { type: "integer", const: 1 } } }],
      },
      "/here/additionalProperties",
      "closes this part only",
    ],
    [
      "two alternatives for every other value",
      { oneOf: [tagged({ const: 0 }), tagged({ not: { enum: [0] } }), tagged({ not: { enum: [0] } })] },
      "/here/oneOf",
      "Nothing discriminates the alternatives",
    ],
    [
      "an alternative for other values than the rest",
      { oneOf: [tagged({ const: 0 }), tagged({ not: { enum: [1] } })] },
      "/here/oneOf",
      "Nothing discriminates the alternatives",
    ],
    ["a value that is not allowed", { type: "integer", not: { enum: [0] } }, "/here/not", "`not` is not supported"],
    [
      "alternatives of two types",
      { anyOf: [{ type: "integer" }, { type: "string" }] },
      "/here/anyOf/1/type",
      "differ in `type`",
    ],
    [
      "a limit of one alternative",
      { anyOf: [{ type: "integer", maximum: 3 }, { type: "integer" }] },
      "/here/anyOf/0/maximum",
      "differ in `maximum`",
    ],
    [
      "fields of one alternative",
      { anyOf: [{ type: "object" }, { ...closed, additionalProperties: true }] },
      "/here/anyOf/1/properties",
      "differ in `properties`",
    ],
    [
      "alternatives that all list values",
      {
        anyOf: [
          { type: "integer", enum: [1] },
          { type: "integer", const: 2 },
        ],
      },
      "/here/anyOf",
      "Write one `enum`",
    ],
    [
      "a schema inside itself",
      { $ref: ref("Loop") },
      "/components/schemas/Loop/properties/inner/$ref",
      "`Loop` refers to itself",
    ],
    [
      "a schema inside a list of itself",
      { $ref: ref("Chain") },
      "/components/schemas/Chain/allOf/0/properties/list/items/$ref",
      "`Chain` refers to itself",
    ],
  ])("%s", (_, schema, pointer, message) => {
    expect(read(schema).violations).toContainEqual(expect.stringContaining(message));
    expect(read(schema).violations.map((one) => one.split(" ")[0])).toContain(pointer);
  });
});
