import type { DescriptionBundle, Schema } from "./bundle.ts";
import type { SchemaHolder } from "./resolve.ts";
import { toComment, toKey } from "./source.ts";

/**
 * Writes each schema of a bundle as a type of its own name, so that an editor shows `GroupItem` and not what it consists of. Every property has its text: its own,
 * that of the schema it refers to, and the limits that neither of them says.
 */
export function schemaTypes(bundle: SchemaHolder & Partial<Pick<DescriptionBundle, "paths">>): string {
  const { schemas } = bundle.components;
  const responses = Object.values(bundle.paths ?? {}).flatMap((path) =>
    Object.values(path).map(({ responses: { "200": one } }) => one.content["application/json"].schema),
  );
  const received = bundle.paths ? namesIn(bundle, responses) : new Set(Object.keys(schemas));
  return Object.entries(schemas)
    .map(([name, schema]) => [name, received.has(name) ? schema : withoutFormats(schema)] as const)
    .map(([name, schema]) => `\n${toComment(textOf(bundle, schema))}\n${declaration(bundle, name, schema)}\n`)
    .join("");
}

/** Returns the names of the schemas that a value refers to, and of those that these refer to. */
function namesIn(bundle: SchemaHolder, value: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  for (const [, name = ""] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    namesIn(bundle, bundle.components.schemas[name], found);
  }
  return found;
}

/** Returns a schema that is sent only: a number there is the caller's own. */
function withoutFormats(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema, (key, value: unknown) => (key === "format" ? undefined : value))) as Schema;
}

function declaration(bundle: SchemaHolder, name: string, schema: Schema): string {
  const { $ref, allOf = [], properties } = schema;
  const bases = [...($ref === undefined ? [] : [schema]), ...allOf.filter((part) => part.$ref !== undefined)];
  const own = [schema, ...allOf].filter((part) => part.properties !== undefined);
  if (own.length === 0 || bases.some((part) => !isObject(bundle, part)) || (!properties && allOf.length === 0))
    return `export type ${name} = ${typeOf(bundle, schema)};`;
  const heritage = bases.length > 0 ? ` extends ${bases.map(({ $ref: base }) => nameOf(base!)).join(", ")}` : "";
  return `export interface ${name}${heritage} {\n${own.map((part) => members(bundle, part, "  ")).join("")}}`;
}

/** Writes the type of a schema. */
export function typeOf(bundle: SchemaHolder, schema: Schema, margin = ""): string {
  const { $ref, allOf = [], anyOf = [], oneOf = [], items, properties } = schema;
  const inner = (part: Schema): string => typeOf(bundle, part, margin);
  if ($ref !== undefined) return nameOf($ref);
  const values = schema.const === undefined ? schema.enum : [schema.const];
  if (values !== undefined)
    return join(
      values.map((value) => JSON.stringify(value)),
      " | ",
    );
  if (oneOf.length + anyOf.length > 0) return join([...oneOf, ...anyOf].map(inner), " | ");
  if (allOf.length > 0) return join(allOf.map(inner), " & ");
  if (properties !== undefined) return `{\n${members(bundle, schema, `${margin}  `)}${margin}}`;
  if (items !== undefined) {
    const item = inner(items);
    return /^\w+$/.test(item) || item.startsWith("{") ? `${item}[]` : `(${item})[]`;
  }
  const types = [schema.type ?? []].flat().map((type) => (type === "integer" ? "number" : type));
  return join(isInexact(schema) ? [...types, "string"] : types, " | ") || "unknown";
}

function join(parts: readonly string[], operator: " | " | " & "): string {
  const distinct = [...new Set(parts)];
  const safe = distinct.map((part) => (operator === " & " && part.includes(" | ") ? `(${part})` : part));
  return safe.join(operator);
}

function members(bundle: SchemaHolder, { properties = {}, required = [] }: Schema, margin: string): string {
  return Object.entries(properties)
    .map(([name, schema]) => {
      const mark = required.includes(name) ? "" : "?";
      return `${toComment(textOf(bundle, schema), margin)}\n${margin}${toKey(name)}${mark}: ${typeOf(bundle, schema, margin)};\n`;
    })
    .join("");
}

/** Returns the text of a property or a schema, and the limits that it does not say. That of a schema with limits follows where a property has its own. */
export function textOf(bundle: SchemaHolder, schema: Schema): string {
  const chain = referenced(bundle, schema);
  const described = chain.filter(({ description }) => description !== undefined);
  const text = described
    .filter((part, index) => index === 0 || limitsOf(bundle, part, "").length > 0)
    .map(({ description }) => description)
    .join("\n\n");
  return [text, ...chain.flatMap((part) => limitsOf(bundle, part, text))].join("\n\n");
}

/** Returns a schema and those that it refers to, one after the other. */
function referenced(bundle: SchemaHolder, schema: Schema): readonly Schema[] {
  const { $ref } = schema;
  return $ref === undefined ? [schema] : [schema, ...referenced(bundle, bundle.components.schemas[nameOf($ref)] ?? {})];
}

/** Returns the limits of a schema, and of the items of a list, that a text does not say. */
function limitsOf(bundle: SchemaHolder, schema: Schema, text: string): readonly string[] {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, items } = schema;
  const { "x-maxBytes": bytes, "x-maxBytesDisputed": disputed } = schema;
  const ofItems = items?.$ref === undefined && items ? limitsOf(bundle, items, text) : [];
  const isRounded = [schema, ...(items ? referenced(bundle, items) : [])].some(isInexact);
  return [
    ...(bytes === undefined ? range(minLength, maxLength, "character", text) : range(minLength, bytes, "byte", text)),
    ...(disputed === undefined || says(text, disputed) ? [] : [`${disputed} bytes according to one document.`]),
    ...range(minItems, maxItems, "item", text),
    ...range(minimum, maximum, "", text),
    ...ofItems.map((limit) => `Each of them: ${limit}`),
    ...(isRounded ? ["As text, with all digits, where it is beyond 2^53 - 1, which a number would round."] : []),
  ];
}

/** Returns the sentence for a range of numbers, unless the text has them. */
function range(from: number | undefined, to: number | undefined, unit: string, text: string): readonly string[] {
  const most = to !== undefined && to < Number.MAX_SAFE_INTEGER ? to : undefined;
  const numbers = [from, most].filter((number) => number !== undefined);
  if (numbers.every((number) => says(text, number)) || (most === undefined && from === 0)) return [];
  const [least, largest] = [from, most].map((number) => number?.toLocaleString("en"));
  const units = (number: number): string =>
    unit && ` ${unit}${number === 1 ? "" : "s"}${unit === "byte" ? " in UTF-8" : ""}`;
  if (most === undefined) return [`At least ${least}${units(from!)}.`];
  if (from === undefined) return [`At most ${largest}${units(most)}.`];
  return [from === most ? `Exactly ${least}${units(from)}.` : `${least} to ${largest}${units(most)}.`];
}

function says(text: string, number: number): boolean {
  return new RegExp(`(?<![\\d,.])${number.toLocaleString("en")}(?![\\d,.]*\\d)`).test(text);
}

/** Returns whether an integer can be beyond what a number holds. A reader of ours gives it as text there. */
function isInexact({ type, format, maximum = Infinity }: Schema): boolean {
  return type === "integer" && format === "int64" && maximum > Number.MAX_SAFE_INTEGER;
}

function isObject(bundle: SchemaHolder, schema: Schema): boolean {
  return referenced(bundle, schema).every(({ oneOf, anyOf }) => !oneOf && !anyOf);
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}
