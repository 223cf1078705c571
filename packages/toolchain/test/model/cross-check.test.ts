/** The check agrees with Ajv, a reader of JSON Schema that others wrote, on any value of any schema that the description may have. */
import { check } from "@contact-groups/core/check";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Schema } from "../../model/bundle.ts";
import { toField } from "../../model/to-field.ts";

const names = ["a", "b", "Type", "constructor", "x/y~z"];

/** A schema of the supported subset, of some depth. */
function schemas(depth: number): fc.Arbitrary<Schema> {
  const count = fc.nat(3);
  const simple: fc.Arbitrary<Schema>[] = [
    fc.record<Schema>(
      {
        type: fc.constant("string"),
        minLength: count,
        maxLength: fc.integer({ min: 2, max: 5 }),
        pattern: fc.constantFrom("^[ab]*$", "^.{0,3}$"),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record<Schema>(
      {
        type: fc.constantFrom("integer", "number"),
        minimum: fc.integer({ min: -2, max: 2 }),
        maximum: fc.integer({ min: 0, max: 4 }),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record<Schema>({ type: fc.constant("number"), exclusiveMinimum: fc.integer({ min: -1, max: 1 }) }),
    fc.constant<Schema>({ type: "boolean" }),
    fc.constantFrom<Schema>(
      { const: 1 },
      { const: "b" },
      { const: true },
      { type: "integer", enum: [0, 2] },
      { type: "string", enum: ["a", "😀"] },
    ),
    fc.constantFrom<Schema>(
      { type: ["string", "integer"] },
      { type: ["boolean", "number", "null"] },
      { type: ["string", "integer"], enum: ["a", 1] },
    ),
    fc.constantFrom<Schema>(
      { allOf: [{ type: "integer", maximum: 3 }, { minimum: 1 }] },
      { allOf: [{ type: "string", enum: ["", "a", "b"] }, { enum: ["a"] }] },
      { anyOf: [{ type: "integer", enum: [1, 2] }, { type: "integer" }] },
      { anyOf: [{ type: "string", const: "a" }, { type: "string" }], maxLength: 2 },
    ),
    fc.constantFrom<Schema>({ type: ["string", "null"] }, { type: ["integer", "null"], minimum: 1 }),
  ];
  if (depth === 0) return fc.oneof(...simple);
  const inner = schemas(depth - 1);
  const object = fc
    .record({
      properties: fc.dictionary(fc.constantFrom(...names), inner, { maxKeys: 3 }),
      closed: fc.boolean(),
      all: fc.boolean(),
    })
    .map(({ properties, closed, all }): Schema => {
      const schema: Schema = {
        type: "object",
        properties,
        required: Object.keys(properties).slice(0, 1),
        ...(closed && { additionalProperties: false }),
      };
      return all ? { allOf: [schema, { type: "object", required: schema.required! }] } : schema;
    });
  const union = fc.tuple(inner, inner, fc.boolean(), fc.boolean()).map(([one, other, closed, open]): Schema => ({
    oneOf: [one, other].map((part, index) => ({
      type: "object",
      required: ["Type", "p"],
      properties: {
        // The second alternative is for 2 alone, or for everything but 1.
        Type: open && index === 1 ? { type: "integer", not: { enum: [1] } } : { type: "integer", const: index + 1 },
        [`p${index}`]: part,
        p: part,
      },
    })),
    ...(closed && { unevaluatedProperties: false }),
  }));
  const list = fc.record<Schema>(
    { type: fc.constant("array"), items: inner, minItems: count, maxItems: fc.integer({ min: 1, max: 3 }) },
    { requiredKeys: ["type", "items"] },
  );
  return fc.oneof(...simple, object, object, union, list);
}

/** A value that a schema accepts, or nearly. */
function near(schema: Schema): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom<unknown>(
    null,
    0,
    1,
    2,
    3,
    -1,
    0.5,
    1e300,
    "",
    "a",
    "ab",
    "😀😀😀",
    "x".repeat(6),
    true,
    false,
    [],
    {},
    [1],
    { a: 1 },
  );
  const { oneOf, allOf, properties = {}, items } = schema;
  if (oneOf) return fc.oneof({ weight: 6, arbitrary: fc.oneof(...oneOf.map(near)) }, wrong);
  if (allOf) return near(allOf[0]!);
  if (schema.type === "object") {
    const fields = fc.record(Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, near(part)])), {
      requiredKeys: [],
    });
    return fc.oneof(
      { weight: 6, arbitrary: fields },
      { weight: 2, arbitrary: fields.map((value) => ({ ...value, extra: 1 })) },
      wrong,
    );
  }
  if (schema.type === "array")
    return fc.oneof({ weight: 6, arbitrary: fc.array(near(items!), { maxLength: 4 }) }, wrong);
  if (schema.const !== undefined) return fc.oneof(fc.constant(schema.const), wrong);
  if (schema.enum) return fc.oneof(fc.constantFrom(...schema.enum), wrong);
  return wrong;
}

const ajv = new Ajv2020({
  strict: false,
  strictNumbers: true,
  ownProperties: true,
  validateSchema: false,
  logger: false,
});

test("accepts what Ajv accepts, and rejects what Ajv rejects, for any supported schema", () => {
  let rejected = 0;
  let accepted = 0;
  fc.assert(
    fc.property(
      schemas(3).chain((schema) =>
        fc.tuple(fc.constant(schema), fc.array(near(schema), { minLength: 8, maxLength: 8 })),
      ),
      ([schema, values]) => {
        const problems: string[] = [];
        const field = toField({ components: { schemas: {} } }, schema, "", ({ message }) => problems.push(message));
        expect(problems).toEqual([]);
        const validate = ajv.compile(schema);
        for (const value of values) {
          const valid = validate(value);
          if (valid) accepted++;
          else rejected++;
          expect({ value, valid: check(field, value).length === 0 }).toEqual({ value, valid });
        }
      },
    ),
    { numRuns: 600 },
  );
  // Otherwise the generator creates one kind only, and the other is not compared.
  expect(Math.min(accepted, rejected)).toBeGreaterThan(500);
});
