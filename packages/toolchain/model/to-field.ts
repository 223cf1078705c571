import { isDeepStrictEqual } from "node:util";
import type { Schema } from "./bundle.ts";
import {
  annotations,
  combine,
  type SchemaPart,
  type ReportUnsupported,
  resolve,
  type Resolved,
  type SchemaHolder,
} from "./resolve.ts";
import type {
  ArrayField,
  Field,
  NumberField,
  ObjectField,
  ScalarField,
  StringField,
  UnionField,
} from "@contact-groups/core/check";

/**
 * Creates the field of a schema. This is the only reader of JSON Schema; it reports what it does not support, so that no keyword is silently ignored.
 *
 * Supported are objects with `properties`, `required` and `additionalProperties` or `unevaluatedProperties` `false`; lists with `items`, `minItems` and
 * `maxItems`; texts with `minLength`, `maxLength`, `pattern`, `x-maxBytes` and `x-maxBytesDisputed`; numbers and integers with `minimum`, `exclusiveMinimum` and
 * `maximum`;
 * booleans; `null` in addition to one of those types; several types of single values, with no other keyword than `enum`; `const` and `enum` of single values; `oneOf` objects that a `const` discriminates, one of
 * them for every value that is `not` in the others; `anyOf` of one type; `allOf`; and `$ref` with keywords next to it. Where several parts of a schema apply, each keyword is written in one of them.
 *
 * @param at The schema's place in the bundle, as a JSON pointer.
 */
export function toField(bundle: SchemaHolder, schema: Schema, at: string, report: ReportUnsupported): Field {
  return toFieldOf(bundle, [{ schema, at, within: [] }], report);
}

/** Creates the field of schemas that all apply. */
function toFieldOf(bundle: SchemaHolder, parts: readonly SchemaPart[], report: ReportUnsupported): Field {
  return fieldOf(bundle, resolve(bundle, parts, report), parts.at(-1)!.at, report);
}

function fieldOf(bundle: SchemaHolder, all: Resolved, at: string, report: ReportUnsupported): Field {
  const place: PlaceOf = (keyword) => all.places[keyword] ?? at;
  for (const keyword of Object.keys(all)) {
    if (supported.has(keyword) || keyword === "names" || keyword === "places") continue;
    report({
      pointer: place(keyword),
      message: `\`${keyword}\` is not supported, so it would not be checked. Express it with ${[...supported]
        .filter((known) => !known.startsWith("x-"))
        .map((known) => `\`${known}\``)
        .join(", ")}, or in the \`description\`.`,
    });
  }
  const inner = (parts: readonly SchemaPart[]): Field => toFieldOf(bundle, parts, report);
  const types = [all.type ?? []].flat();
  const [type, ...others] = types.filter((name) => name !== "null");
  const base = {
    ...(all.description !== undefined && { description: all.description }),
    ...(all.names[0] !== undefined && { schema: all.names[0] }),
    ...valuesOf(all, place, report),
    ...(types.includes("null") && { nullable: true as const }),
    ...(all["x-errorCodes"] && { errors: all["x-errorCodes"] }),
    ...(all["x-source"] && { sources: all["x-source"] }),
  };
  if (all.oneOf) return { ...base, ...toUnion(bundle, all, all.oneOf, place, report) };
  if (others.length > 0) {
    const limits = Object.keys(all).filter((keyword) => limited.has(keyword));
    if (type !== undefined && [type, ...others].every((name) => singles.has(name)) && limits.length === 0)
      return { ...base, type: "scalar", types: [type, ...others] as ScalarField["types"] };
    report({
      pointer: place("type"),
      message: `A field with a limit, a list or an object has one type, and at most \`null\` in addition, but this one has ${types.join(", ")}. Write one of them.`,
    });
  }
  switch (type ?? typeOfValues(base.enum)) {
    case "object":
      return { ...base, ...toObject(all, place, inner, report) };
    case "array":
      if (!all.items) report({ pointer: place("type"), message: "The items of this array are unknown. Add `items`." });
      return {
        ...base,
        type: "array",
        items: inner(all.items ?? [{ schema: {}, at: place("items"), within: [] }]),
        ...pick(all, ["minItems", "maxItems"]),
      } satisfies ArrayField;
    case "string":
      return {
        ...base,
        type: "string",
        ...pick(all, ["minLength", "maxLength"]),
        ...(all["x-maxBytes"] !== undefined && { maxBytes: all["x-maxBytes"] }),
        ...(all["x-maxBytesDisputed"] !== undefined && { maxBytesDisputed: all["x-maxBytesDisputed"] }),
        ...pick(all, ["pattern"]),
      } satisfies StringField;
    case "integer":
    case "number":
      return {
        ...base,
        type: (type ?? "number") as NumberField["type"],
        ...pick(all, ["minimum", "exclusiveMinimum", "maximum", "format"]),
      };
    case "boolean":
      return { ...base, type: "boolean" };
  }
  report({
    pointer: place("type"),
    message: `${type === undefined ? "A schema without `type`" : `Type \`${type}\``} is not supported, so it would not be checked. Write one of \`object\`, \`array\`, \`string\`, \`integer\`, \`number\`, \`boolean\`, a \`const\`, or a \`oneOf\`.`,
  });
  return { ...base, type: "boolean" };
}

/** Types of single values. */
const singles: ReadonlySet<string> = new Set(["string", "integer", "number", "boolean"]);

/** Keywords that go with one type. */
const limited: ReadonlySet<string> = new Set([
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "minLength",
  "maxLength",
  "x-maxBytes",
  "pattern",
]);

const supported: ReadonlySet<string> = new Set([
  ...annotations,
  "type",
  "const",
  "enum",
  "format",
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "items",
  "required",
  "properties",
  "additionalProperties",
  "unevaluatedProperties",
  "oneOf",
  "x-maxBytes",
  "x-maxBytesDisputed",
  "x-errorCodes",
  "x-bits",
  "x-appBits",
]);

type PlaceOf = (keyword: string) => string;

function toObject(
  all: Resolved,
  place: PlaceOf,
  inner: (parts: readonly SchemaPart[]) => Field,
  report: ReportUnsupported,
): ObjectField {
  for (const keyword of ["additionalProperties", "unevaluatedProperties"] as const) {
    if (typeof all[keyword] !== "object") continue;
    report({
      pointer: place(keyword),
      message: `\`${keyword}\` with a schema is not supported, so it would not be checked. Write \`false\`, or name the fields in \`properties\`.`,
    });
  }
  for (const name of all.required) {
    if (Object.hasOwn(all.properties, name)) continue;
    report({
      pointer: place("required"),
      message: `\`required\` names \`${name}\`, which \`properties\` does not have. Correct the name, or add the property.`,
    });
  }
  const closed = all.additionalProperties === false || all.unevaluatedProperties === false;
  const fields = Object.entries(all.properties).map(([name, parts]) => [name, inner(parts)]);
  return {
    type: "object",
    required: all.required,
    fields: Object.fromEntries(fields),
    ...(closed && { closed }),
  };
}

function toUnion(
  bundle: SchemaHolder,
  all: Resolved,
  oneOf: readonly SchemaPart[],
  place: PlaceOf,
  report: ReportUnsupported,
): UnionField {
  // What stands next to a `oneOf` is part of each alternative.
  const rest = {
    ...pick(all, ["additionalProperties", "unevaluatedProperties"]),
    required: all.required,
    properties: all.properties,
    names: [],
    places: all.places,
  };
  const resolved = oneOf.map((part) => combine([resolve(bundle, [part], report), rest], report));
  const tagOf = ({ required, properties }: Resolved, name: string): Pick<Schema, "not" | "const" | "enum"> =>
    required.includes(name) ? resolve(bundle, properties[name] ?? [], report) : {};
  const { name: by, values } =
    Object.keys(resolved[0]?.properties ?? {})
      .map((name) => ({ name, values: resolved.map((one) => onlyValue(tagOf(one, name))) }))
      .find((tag) => {
        const known = tag.values.filter((value) => value !== undefined);
        const [open, ...more] = resolved.filter((_, index) => tag.values[index] === undefined);
        if (new Set(known).size < known.length || known.length === 0 || more.length > 0) return false;
        // One of them can be for every value that the others do not have.
        const not = open && tagOf(open, tag.name).not;
        return open === undefined || isDeepStrictEqual(not && allValues(not), known);
      }) ?? {};
  if (by === undefined || values === undefined) {
    report({
      pointer: place("oneOf"),
      message:
        "Nothing discriminates the alternatives of this `oneOf`. Give each of them the same required property with its own `const`; for one of them, it can be `not` what the others have.",
    });
    return { type: "union", by: "", alternatives: [] };
  }
  return {
    type: "union",
    by,
    alternatives: resolved.map((one, index) => {
      const value = values[index];
      const properties =
        value === undefined ? { ...one.properties, [by]: withoutNot(one.properties[by]!) } : one.properties;
      return {
        ...(value !== undefined && { value }),
        ...(fieldOf(bundle, { ...one, properties }, oneOf[index]!.at, report) as ObjectField),
      };
    }),
  };
}

function allValues(schema: Pick<Schema, "const" | "enum">): readonly unknown[] | undefined {
  return schema.const === undefined ? schema.enum : [schema.const];
}

/** Returns the value of a schema that allows only one. */
function onlyValue(schema: Pick<Schema, "const" | "enum">): string | number | boolean | undefined {
  const [value, ...others] = allValues(schema) ?? [];
  return others.length === 0 && ["string", "number", "boolean"].includes(typeof value)
    ? (value as string | number | boolean)
    : undefined;
}

function withoutNot(parts: readonly SchemaPart[]): readonly SchemaPart[] {
  return parts.map(({ schema: { not: _not, ...schema }, ...part }) => ({ ...part, schema }));
}

function valuesOf(all: Resolved, place: PlaceOf, report: ReportUnsupported): Pick<Field, "enum"> {
  const values = all.const === undefined ? all.enum : [all.const];
  if (values === undefined) return {};
  if (all.const !== undefined && all.enum?.includes(all.const) === false)
    report({
      pointer: place("const"),
      message: `\`const\` is ${JSON.stringify(all.const)}, which \`enum\` of the same schema does not have. Add it there, or correct it.`,
    });
  if (values.every((value) => typeof value !== "object" || value === null))
    return { enum: values as NonNullable<Field["enum"]> };
  report({
    pointer: place(all.const === undefined ? "enum" : "const"),
    message: "Only texts, numbers, `true`, `false` and `null` can be compared with a value. Write one of those.",
  });
  return {};
}

function typeOfValues(values: Field["enum"]): string | undefined {
  const types = new Set(values?.map((value) => (Number.isInteger(value) ? "integer" : typeof value)));
  return types.size === 1 ? [...types][0] : undefined;
}

function pick<Name extends keyof Resolved>(
  all: Resolved,
  names: readonly Name[],
): { [Key in Name]?: NonNullable<Resolved[Key]> } {
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]]))) as {
    [Key in Name]?: NonNullable<Resolved[Key]>;
  };
}
