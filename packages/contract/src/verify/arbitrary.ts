/** Makes arbitrary values of a field. */
import type { Field, ObjectField, StringField } from "@contact-groups/openapi/model";
import * as fc from "fast-check";

/** Arbitraries that take the place of the field's own, by its name. */
export type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Values that fit the field. Throws a `TypeError` for a pattern that it does not know how to obey. */
export function arbitraryOf(field: Field, fields: Fields = {}): fc.Arbitrary<unknown> {
  if (field.enum) return fc.constantFrom(...field.enum);
  switch (field.type) {
    case "string":
      return text(field);
    case "number":
    case "integer":
      return fc.integer({
        min: field.minimum ?? (field.exclusiveMinimum === undefined ? 0 : Math.floor(field.exclusiveMinimum) + 1),
        max: Math.min(field.maximum ?? Infinity, 2 ** 31 - 1),
      });
    case "boolean":
      return fc.boolean();
    case "scalar":
      return fc.oneof(...field.types.map((type) => arbitraryOf({ type })));
    case "array":
      return fc.array(arbitraryOf(field.items, fields), {
        minLength: field.minItems ?? 0,
        // A list of any length up to a limit of hundreds would make every run a long one.
        maxLength: Math.min(field.maxItems ?? Infinity, 5),
      });
    case "object":
      return object(field, fields);
    case "union":
      return fc.oneof(...field.alternatives.map((one) => object(one, fields)));
  }
}

function object({ fields: own, required }: ObjectField, fields: Fields): fc.Arbitrary<unknown> {
  const members = Object.entries(own).map(([name, field]) => [name, fields[name] ?? arbitraryOf(field, fields)]);
  return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
}

function text({ pattern, minLength = 0, maxLength = 40, maxBytes = Infinity }: StringField): fc.Arbitrary<string> {
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
