/** Makes arbitrary values of a request schema. */
import * as fc from "fast-check";
import { resolve, type Schema } from "../description.ts";

/** Arbitraries that take the place of the schema's, by the name of the field. */
export type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Values that match the schema. Throws a `TypeError` for a keyword that it does not know how to obey. */
export function arbitraryOf(schema: Schema, fields: Fields = {}): fc.Arbitrary<unknown> {
  const { oneOf, ...own } = merge(schema);
  if (oneOf) return fc.oneof(...oneOf.map((branch) => arbitraryOf({ ...own, allOf: [branch] }, fields)));
  if ("const" in own) return fc.constant(own["const"]);
  if (own["enum"]) return fc.constantFrom(...(own["enum"] as readonly unknown[]));
  switch (own["type"]) {
    case "string":
      return text(own);
    case "integer":
      return fc.integer({
        min: Number(own["minimum"] ?? 0),
        max: Math.min(Number(own["maximum"] ?? Infinity), 2 ** 31 - 1),
      });
    case "array":
      return fc.array(arbitraryOf(own["items"] as Schema, fields), {
        minLength: Number(own["minItems"] ?? 0),
        // A list of any length up to a limit of hundreds would make every run a long one.
        maxLength: Math.min(Number(own["maxItems"] ?? Infinity), 5),
      });
    case "object":
      return object(own, fields);
    default:
      throw new TypeError(`No value is known of the type ${JSON.stringify(own["type"])}.`);
  }
}

function object({ properties = {}, required = [] }: Schema, fields: Fields): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(([name, property]) => [
    name,
    fields[name] ?? arbitraryOf(property, fields),
  ]);
  return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: required as string[],
    noNullPrototype: true,
  });
}

function text(schema: Schema): fc.Arbitrary<string> {
  const {
    pattern,
    minLength = 0,
    maxLength = 40,
    "x-maxBytes": maxBytes = Infinity,
  } = schema as {
    readonly pattern?: string;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly "x-maxBytes"?: number;
  };
  // The patterns of the description allow a class of letters, so one letter at a time can be made.
  const [, letters] = /^\^(\[.*\])[+*]\$$/.exec(pattern ?? "") ?? [];
  if (pattern !== undefined && letters === undefined)
    throw new TypeError(`No text is known of the pattern ${pattern}.`);
  const unit = letters === undefined ? "grapheme" : fc.stringMatching(new RegExp(`^${letters}$`));
  return fc
    .string({ unit, minLength, maxLength })
    .filter(
      (value) =>
        Buffer.byteLength(value) <= maxBytes && [...value].length >= minLength && [...value].length <= maxLength,
    );
}

/** One schema of all that apply: what it refers to and its parts. */
function merge(schema: Schema): Schema {
  const { $ref, allOf = [], ...own } = schema;
  const parts = [...($ref === undefined ? [] : [resolve($ref) as Schema]), ...allOf].map(merge);
  return [...parts, own].reduce<Schema>(
    (whole, part) => ({
      ...whole,
      ...part,
      ...((whole.properties ?? part.properties) && { properties: { ...whole.properties, ...part.properties } }),
      required: [...((whole["required"] ?? []) as string[]), ...((part["required"] ?? []) as string[])],
    }),
    {},
  );
}
