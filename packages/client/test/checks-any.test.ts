import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkRequest } from "../src/call.ts";
import { InvalidArgumentError } from "../src/errors.ts";
import type { OperationId } from "@contact-groups/openapi/model";
import { bundle, type BundleSchema } from "./bundle.ts";

/** A schema without `$ref`, with the keywords next to it. */
function whole({ $ref, ...own }: BundleSchema): BundleSchema {
  return $ref === undefined ? own : { ...whole(bundle.components.schemas[$ref.split("/").at(-1)!]!), ...own };
}

/** Any value that a schema of the bundle accepts. */
function accepted(given: BundleSchema): fc.Arbitrary<unknown> {
  const schema = whole(given);
  const { type, properties = {}, required = [], minItems, maxItems, minLength = 0 } = schema;
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = schema;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map(accepted));
  if (type === "object") {
    const fields = Object.entries(properties).map(([name, property]) => [name, accepted(property)]);
    return fc.record<Record<string, unknown>>(Object.fromEntries(fields), { requiredKeys: [...required] });
  }
  if (type === "array")
    return fc.array(accepted(schema.items!), { minLength: minItems ?? 0, maxLength: maxItems ?? 9, size: "max" });
  if (type === "integer") return fc.integer({ min: minimum, max: maximum });
  const most = schema["x-maxBytes"]!;
  if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern)).map((text) => text.slice(0, most));
  return fc.string({ unit: "grapheme", minLength, maxLength: most }).filter((text) => Buffer.byteLength(text) <= most);
}

/** Every way to break one rule of a schema at a place in an accepted value: its pointer, and the invalid value. */
function breaks(given: BundleSchema, value: unknown, pointer = ""): [pointer: string, broken: unknown][] {
  const schema = whole(given);
  const { type, properties = {}, required = [], items, minItems = 0, maxItems, minimum = 0, minLength = 0 } = schema;
  if (schema.oneOf) {
    const branches = schema.oneOf.map(whole);
    const own = branches.find(({ properties: fields = {} }) =>
      Object.entries(fields).every(([name, { enum: tags }]) => tags?.includes((value as never)[name]) ?? true),
    )!;
    const others = branches.flatMap((branch) => Object.keys(branch.properties!));
    const foreign = others.filter((name) => !(name in own.properties!));
    return [
      ...breaks(own, value, pointer),
      ...foreign.map((name): [string, unknown] => [`${pointer}/${name}`, "other"]),
    ];
  }
  const wrongs: unknown[] = [null, true];
  if (schema.enum) wrongs.push(...schema.enum.map(String), 99);
  else if (type === "integer") wrongs.push(minimum - 1, (schema.maximum ?? 2 ** 53 - 1) + 1, 0.5, Number.NaN, "0");
  else if (type === "string") {
    const most = schema["x-maxBytesDisputed"] ?? schema["x-maxBytes"]!;
    wrongs.push(
      7,
      "\ud800",
      "x\udc00",
      "\udc00\udc00",
      "n".repeat(most + 1),
      ...(minLength > 0 ? [""] : []),
      ...(schema.pattern ? ["é"] : []),
    );
    if (!schema.pattern) wrongs.push("家".repeat(Math.floor(most / 3) + 1));
  } else if (type === "array") {
    const list = value as unknown[];
    wrongs.push({}, "list");
    if (maxItems !== undefined && list.length > 0) wrongs.push(Array.from({ length: maxItems + 1 }, () => list[0]));
    if (minItems > 0) wrongs.push([]);
  } else wrongs.push([], "object");

  const here = wrongs.map((broken): [string, unknown] => [pointer, broken]);
  if (type === "array")
    return [
      ...here,
      ...(value as unknown[]).slice(0, 2).flatMap((item, at) => breaks(items!, item, `${pointer}/${at}`)),
    ];
  if (type !== "object") return here;
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.entries(properties).reduce((all, [name, property]) => {
    const missing: [string, unknown][] = required.includes(name) ? [[`${pointer}/${name}`, undefined]] : [];
    return [
      ...all,
      ...missing,
      ...(fields[name] === undefined ? [] : breaks(property, fields[name], `${pointer}/${name}`)),
    ];
  }, here);
}

/** A copy of a body with another value at one place. */
function replaced(body: unknown, pointer: string, value: unknown): unknown {
  if (pointer === "") return value;
  const copy = structuredClone(body) as Record<string, unknown>;
  const path = pointer.slice(1).split("/");
  const last = path.pop()!;
  const parent = path.reduce((at, name) => at[name] as Record<string, unknown>, copy);
  parent[last] = value;
  return copy;
}

describe.each(Object.values(bundle.paths).map(({ post }) => post))("$operationId", (post) => {
  const operation = post.operationId as OperationId;
  const { schema } = post.requestBody.content["application/json"];

  test("accepts every body that its schema accepts", () => {
    fc.assert(
      fc.property(accepted(schema), (body) => {
        expect(() => checkRequest(operation, body)).not.toThrow();
      }),
    );
  });

  test("accepts fields of any name that its schema does not have", () => {
    fc.assert(
      fc.property(accepted(schema), fc.jsonValue(), (body, value) => {
        expect(() => checkRequest(operation, { ...(body as object), New_Field: value })).not.toThrow();
      }),
    );
  });

  test("rejects a body with any broken rule of its schema, with the pointer of the value", () => {
    fc.assert(
      fc.property(accepted(schema), (body) => {
        for (const [pointer, value] of breaks(schema, body)) {
          let rejected: unknown;
          try {
            checkRequest(operation, replaced(body, pointer, value));
          } catch (error) {
            rejected = error;
          }
          expect(rejected, `${pointer} ${JSON.stringify(value)}`).toBeInstanceOf(InvalidArgumentError);
          expect(rejected).toMatchObject({ pointer, operation });
        }
      }),
      { numRuns: 30 },
    );
  });
});

test("rejects a hole in a list", () => {
  const ContactItem = Array.from<object>({ length: 1 });
  delete ContactItem[0];
  const body = { From_Account: "user15", ContactItem };
  expect(() => checkRequest("searchContactGroup", body)).toThrow("/ContactItem/0 must be an object, but is undefined");
});
