import { escape } from "../bundle/human-texts.ts";
import type { Schema } from "./bundle.d.ts";
import type {
  ArrayField,
  Field,
  NumberField,
  ObjectField,
  ScalarField,
  StringField,
  UnionField,
} from "@contact-groups/core/check";

/** A part of a schema that no field can be made of. */
export interface NotSupported {
  /** Where it is, as a JSON pointer in the bundle. */
  readonly pointer: string;
  /** What it is, what is supported, and what to do. */
  readonly message: string;
}

/** A document with schemas to refer to. */
export interface Schemas {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** A schema with its place in the bundle, after its `$ref`s and its `allOf` were resolved. */
interface Resolved extends Schema {
  /** Names of the schemas that it refers to, the nearest first. */
  readonly names: readonly string[];
  /** The place of each keyword. */
  readonly places: Readonly<Record<string, string>>;
}

/**
 * The one reader of JSON Schema. Makes the field of a schema; what it does not support it reports, so that no keyword of a schema is passed over in silence.
 *
 * Supported are objects with `properties`, `required` and `additionalProperties` or `unevaluatedProperties` `false`; lists with `items`, `minItems` and
 * `maxItems`; texts with `minLength`, `maxLength`, `pattern`, `x-maxBytes` and `x-maxBytesDisputed`; numbers and integers with `minimum`, `exclusiveMinimum` and
 * `maximum`;
 * booleans; `null` beside one of those types; several types of single values, with no other keyword than `enum`; `const` and `enum` of single values; `oneOf` objects with a `const` that tells them apart; `anyOf`
 * of one type; `allOf`; and `$ref` with keywords beside it.
 *
 * @param at The schema's place in the bundle, as a JSON pointer.
 */
export function toField(bundle: Schemas, schema: Schema, at: string, report: (problem: NotSupported) => void): Field {
  const all = resolve(bundle, schema, at);
  const place = (keyword: string): string => all.places[keyword] ?? at;
  for (const keyword of Object.keys(all)) {
    if (supported.has(keyword) || keyword === "names" || keyword === "places") continue;
    report({
      pointer: place(keyword),
      message: `\`${keyword}\` is not supported: no check is made from it. Say it with ${[...supported]
        .filter((known) => !known.startsWith("x-"))
        .map((known) => `\`${known}\``)
        .join(", ")}, or in the \`description\`.`,
    });
  }
  const inner = (part: Schema, pointer: string): Field => toField(bundle, part, pointer, report);
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
  if (all.oneOf) return { ...base, ...toUnion(bundle, all, place, report) };
  if (others.length > 0) {
    const limits = Object.keys(all).filter((keyword) => limited.has(keyword));
    if (type !== undefined && [type, ...others].every((name) => singles.has(name)) && limits.length === 0)
      return { ...base, type: "scalar", types: [type, ...others] as ScalarField["types"] };
    report({
      pointer: place("type"),
      message: `A field with a limit, a list or an object has one type, and \`null\` at most beside it, but this one has ${types.join(", ")}. Write one of them.`,
    });
  }
  switch (type ?? typeOfValues(base.enum)) {
    case "object":
      return { ...base, ...toObject(all, place, inner, report) };
    case "array":
      if (!all.items)
        report({ pointer: place("type"), message: "This array does not say what is in it. Write `items`." });
      return {
        ...base,
        type: "array",
        items: inner(all.items ?? {}, place("items")),
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
    message: `${type === undefined ? "A schema without `type`" : `Type \`${type}\``} is not supported: no check is made from it. Write one of \`object\`, \`array\`, \`string\`, \`integer\`, \`number\`, \`boolean\`, a \`const\`, or a \`oneOf\`.`,
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
  "title",
  "description",
  "default",
  "example",
  "examples",
  "deprecated",
  "x-maxBytes",
  "x-maxBytesDisputed",
  "x-errorCodes",
  "x-bits",
  "x-appBits",
  "x-bound",
  "x-source",
  "x-enum-varnames",
  "x-enumDescriptions",
]);

/** Resolves `$ref`, `allOf` and `anyOf` of a schema. What stands beside a `$ref` wins. */
function resolve(bundle: Schemas, schema: Schema, at: string): Resolved {
  const { $ref, allOf = [], anyOf = [], ...own } = schema;
  const parts = [
    ...($ref === undefined ? [] : [resolve(bundle, lookUp(bundle, $ref), $ref.slice(1))]),
    ...allOf.map((part, index) => resolve(bundle, part, `${at}/allOf/${index}`)),
    // Alternatives of one type only name some of its values: what all have is what is known of it.
    ...anyOf.map((part, index) => open(resolve(bundle, part, `${at}/anyOf/${index}`))),
  ];
  const properties = merged(
    parts.map((part) => part.properties),
    own.properties,
  );
  const required = [...new Set([...parts, own].flatMap((part) => part.required ?? []))];
  const places = Object.fromEntries(Object.keys(own).map((keyword) => [keyword, `${at}/${escape(keyword)}`]));
  const propertyPlaces = Object.fromEntries(
    Object.keys(own.properties ?? {}).map((name) => [`properties/${name}`, `${at}/properties/${escape(name)}`]),
  );
  return {
    ...Object.assign({}, ...parts, own),
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
    names: [
      ...($ref === undefined ? [] : [$ref.slice($ref.lastIndexOf("/") + 1)]),
      ...parts.flatMap((part) => ($ref === undefined ? [] : part.names)),
    ],
    places: { ...Object.assign({}, ...parts.map((part) => part.places)), ...places, ...propertyPlaces },
  };
}

function open({ enum: _enum, const: _const, description: _description, names: _names, ...rest }: Resolved): Resolved {
  return { ...rest, names: [] };
}

function merged(
  parts: readonly (Readonly<Record<string, Schema>> | undefined)[],
  own: Readonly<Record<string, Schema>> = {},
): Readonly<Record<string, Schema>> {
  return Object.assign({}, ...parts, own) as Readonly<Record<string, Schema>>;
}

function lookUp(bundle: Schemas, $ref: string): Schema {
  return bundle.components.schemas[$ref.slice($ref.lastIndexOf("/") + 1)] ?? {};
}

type Place = (keyword: string) => string;
type Report = (problem: NotSupported) => void;

function toObject(
  all: Resolved,
  place: Place,
  inner: (part: Schema, pointer: string) => Field,
  report: Report,
): ObjectField {
  for (const keyword of ["additionalProperties", "unevaluatedProperties"] as const) {
    if (typeof all[keyword] !== "object") continue;
    report({
      pointer: place(keyword),
      message: `\`${keyword}\` with a schema is not supported: no check is made from it. Write \`false\`, or name the fields in \`properties\`.`,
    });
  }
  for (const name of all.required ?? []) {
    if (Object.hasOwn(all.properties ?? {}, name)) continue;
    report({
      pointer: place("required"),
      message: `\`required\` names \`${name}\`, which \`properties\` does not have. Correct the name, or add the property.`,
    });
  }
  const closed = all.additionalProperties === false || all.unevaluatedProperties === false;
  const fields = Object.entries(all.properties ?? {}).map(([name, property]) => [
    name,
    inner(property, place(`properties/${name}`)),
  ]);
  return {
    type: "object",
    required: all.required ?? [],
    fields: Object.fromEntries(fields),
    ...(closed && { closed }),
  };
}

function toUnion(bundle: Schemas, all: Resolved, place: Place, report: Report): UnionField {
  const at = place("oneOf");
  const { oneOf = [], unevaluatedProperties, additionalProperties, properties = {}, required = [] } = all;
  const closed = unevaluatedProperties === false || additionalProperties === false;
  const alternatives = oneOf.map((part, index) => {
    // What stands beside a `oneOf` is part of each alternative.
    const schema = {
      ...part,
      allOf: [...(part.allOf ?? []), { properties, required }],
      ...(closed && { unevaluatedProperties: false }),
    };
    return toField(bundle, schema, part.$ref?.slice(1) ?? `${at}/${index}`, report);
  });
  const tags = alternatives.map((one) =>
    one.type === "object"
      ? Object.entries(one.fields).filter(([name, field]) => one.required.includes(name) && field.enum?.length === 1)
      : [],
  );
  const by = tags[0]
    ?.map(([name]) => name)
    .find((name) => tags.every((names) => names.some(([other]) => other === name)));
  if (by === undefined) {
    report({
      pointer: at,
      message:
        "Nothing tells the alternatives of this `oneOf` apart. Give each of them the same required property with its own `const`.",
    });
    return { type: "union", by: "", alternatives: [] };
  }
  return {
    type: "union",
    by,
    alternatives: alternatives.map((one, index) => ({
      value: tags[index]!.find(([name]) => name === by)![1].enum![0] as string | number,
      ...(one as ObjectField),
    })),
  };
}

function valuesOf(all: Resolved, place: Place, report: Report): Pick<Field, "enum"> {
  const values = all.const === undefined ? all.enum : [all.const];
  if (values === undefined) return {};
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

function pick<Name extends keyof Schema>(
  all: Schema,
  names: readonly Name[],
): { [Key in Name]?: NonNullable<Schema[Key]> } {
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]]))) as {
    [Key in Name]?: NonNullable<Schema[Key]>;
  };
}
