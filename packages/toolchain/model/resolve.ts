import { isDeepStrictEqual } from "node:util";
import { escape } from "../bundle/pointer.ts";
import type { Schema } from "./bundle.ts";

/** A part of a schema that is not supported. */
export interface NotSupported {
  /** Where it is, as a JSON pointer in the bundle. */
  readonly pointer: string;
  /** What it is, what is supported, and what to do. */
  readonly message: string;
}

/** Called with each part of a schema that is not supported. */
export type ReportUnsupported = (violation: NotSupported) => void;

/** A document with schemas to refer to. */
export interface SchemaHolder {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** A schema with its place in the bundle. */
export interface SchemaPart {
  readonly schema: Schema;
  /** A JSON pointer. */
  readonly at: string;
  /** Names of the schemas around it. */
  readonly within: readonly string[];
}

type InnerKeyword = "$ref" | "allOf" | "anyOf" | "oneOf" | "properties" | "items" | "required";

/** Schemas that all apply, as one: their `$ref`s, `allOf` and `anyOf` are resolved. */
export interface Resolved extends Omit<Schema, InnerKeyword> {
  /** The alternatives. */
  readonly oneOf?: readonly SchemaPart[];
  readonly required: readonly string[];
  /** The schemas of each property, all of which apply. */
  readonly properties: Readonly<Record<string, readonly SchemaPart[]>>;
  /** The schemas of the items, all of which apply. */
  readonly items?: readonly SchemaPart[];
  /** Names of the schemas that it refers to, the nearest first. */
  readonly names: readonly string[];
  /** The place of each keyword. */
  readonly places: Readonly<Record<string, string>>;
}

/** Keywords for people only: the nearest one counts. */
export const annotations: ReadonlySet<string> = new Set([
  "title",
  "description",
  "default",
  "example",
  "examples",
  "deprecated",
  "x-bound",
  "x-source",
  "x-enum-varnames",
  "x-enumDescriptions",
]);

const closing = ["additionalProperties", "unevaluatedProperties"] as const;

/**
 * Resolves the `$ref`, `allOf` and `anyOf` of schemas that all apply. A keyword with more than one value is reported, because a field has only one.
 */
export function resolve(bundle: SchemaHolder, parts: readonly SchemaPart[], report: ReportUnsupported): Resolved {
  return combine(
    parts.map((part) => resolveOne(bundle, part, report)),
    report,
  );
}

function resolveOne(bundle: SchemaHolder, { schema, at, within }: SchemaPart, report: ReportUnsupported): Resolved {
  const { $ref, allOf = [], anyOf = [], oneOf, properties = {}, items, required = [], ...own } = schema;
  const placeOf = (keyword: string): string => `${at}/${escape(keyword)}`;
  const parts: Resolved[] = [];
  const name = $ref?.slice($ref.lastIndexOf("/") + 1);
  if ($ref !== undefined && name !== undefined) {
    if (within.includes(name)) {
      report({
        pointer: placeOf("$ref"),
        message: `\`${name}\` refers to itself, which is not supported: its fields have no end. Write how deep it goes.`,
      });
      return { type: "boolean", required: [], properties: {}, names: [], places: {} };
    }
    const target = bundle.components.schemas[name] ?? {};
    parts.push(resolveOne(bundle, { schema: target, at: $ref.slice(1), within: [...within, name] }, report));
  }
  const inner = (list: readonly Schema[], keyword: string): SchemaPart[] =>
    list.map((one, index) => ({ schema: one, at: `${at}/${keyword}/${index}`, within }));
  parts.push(...inner(allOf, "allOf").map((part) => resolveOne(bundle, part, report)));
  if (anyOf.length > 0) {
    const some = inner(anyOf, "anyOf").map((part) => resolveOne(bundle, part, report));
    parts.push(commonOf(some, placeOf("anyOf"), report));
  }
  parts.push({
    ...own,
    ...(oneOf && { oneOf: inner(oneOf, "oneOf") }),
    required,
    properties: Object.fromEntries(
      Object.entries(properties).map(([key, one]) => [
        key,
        [{ schema: one, at: `${placeOf("properties")}/${escape(key)}`, within }],
      ]),
    ),
    ...(items && { items: [{ schema: items, at: placeOf("items"), within }] }),
    names: [],
    places: Object.fromEntries(Object.keys(schema).map((keyword) => [keyword, placeOf(keyword)])),
  });
  const { names, ...all } = combine(parts, report);
  return { ...all, names: name === undefined ? [] : [name, ...names] };
}

/** Returns resolved schemas that all apply, as one. */
export function combine(parts: readonly Resolved[], report: ReportUnsupported): Resolved {
  if (parts.length === 1) return parts[0]!;
  const all: Record<string, unknown> = {};
  const places: Record<string, string> = {};
  const properties: Record<string, readonly SchemaPart[]> = {};
  const items: SchemaPart[] = [];
  for (const {
    required: _required,
    properties: more,
    items: moreItems,
    names: _names,
    places: at,
    ...keywords
  } of parts) {
    for (const [keyword, value] of Object.entries(keywords)) {
      const before = Object.hasOwn(all, keyword) ? all[keyword] : undefined;
      all[keyword] = before === undefined || annotations.has(keyword) ? value : both(keyword, before, value);
      if (all[keyword] !== undefined) continue;
      all[keyword] = value;
      report({
        pointer: at[keyword]!,
        message: `\`${keyword}\` is ${JSON.stringify(value)} here and ${JSON.stringify(before)} in another part of the same schema, and both apply. Write it in one place.`,
      });
    }
    for (const [name, list] of Object.entries(more))
      properties[name] = [...(Object.hasOwn(properties, name) ? properties[name]! : []), ...list];
    items.push(...(moreItems ?? []));
    Object.assign(places, at);
  }
  for (const part of parts)
    for (const keyword of closing) {
      if (part[keyword] !== false || Object.keys(properties).every((name) => Object.hasOwn(part.properties, name)))
        continue;
      // Outermost, `unevaluatedProperties` sees the fields of all parts.
      if (keyword === "unevaluatedProperties" && part === parts.at(-1)) continue;
      report({
        pointer: part.places[keyword]!,
        message: `\`${keyword}\` closes this part only, and rejects the fields that the other parts of the schema add. Write \`unevaluatedProperties: false\` in the schema that has all the parts.`,
      });
    }
  return {
    ...(all as Omit<Schema, InnerKeyword>),
    required: [...new Set(parts.flatMap(({ required }) => required))],
    properties,
    ...(items.length > 0 && { items }),
    names: parts.flatMap(({ names }) => names),
    places,
  };
}

/** Combines two values of a keyword; undefined if one value cannot express both. */
function both(keyword: string, one: unknown, other: unknown): unknown {
  if (isDeepStrictEqual(one, other)) return other;
  if (keyword === "x-errorCodes") {
    const [codes, others] = [one, other] as Readonly<Record<string, number>>[];
    const all = { ...codes, ...others };
    return Object.entries(codes!).every(([broken, code]) => all[broken] === code) ? all : undefined;
  }
  if (keyword !== "enum" || !Array.isArray(one) || !Array.isArray(other)) return undefined;
  const [some, all] = one.length < other.length ? [one, other] : [other, one];
  return some.every((value) => all.includes(value)) ? some : undefined;
}

/** Returns what all schemas of an `anyOf` have in common. Values that some of them list are examples if another one lists none. */
function commonOf(parts: readonly Resolved[], at: string, report: ReportUnsupported): Resolved {
  const [first, ...others] = parts;
  const common: Record<string, unknown> = {};
  const reject = (pointer: string, what: string): void =>
    report({
      pointer,
      message: `The parts of this \`anyOf\` differ in \`${what}\`, which one field cannot express. Write it next to the \`anyOf\`, or write a \`oneOf\` whose parts a \`const\` discriminates.`,
    });
  const keywords = new Set(parts.flatMap((part) => Object.keys(part)));
  for (const keyword of keywords) {
    if (["names", "places", "enum", "const", "required", "properties", "items"].includes(keyword)) continue;
    const value = first![keyword as keyof Resolved];
    const odd = others.find((part) => !isDeepStrictEqual(part[keyword as keyof Resolved], value));
    if (odd === undefined) common[keyword] = value;
    else if (!annotations.has(keyword)) reject((odd.places[keyword] ?? first!.places[keyword])!, keyword);
  }
  for (const part of parts) {
    for (const keyword of ["properties", "items"] as const)
      if (Object.keys(part[keyword] ?? {}).length > 0) reject(part.places[keyword]!, keyword);
  }
  if (parts.every((part) => part.enum ?? part.const !== undefined))
    report({
      pointer: at,
      message: "Each part of this `anyOf` lists values. Write one `enum` with all of them.",
    });
  return { ...(common as Omit<Schema, InnerKeyword>), required: [], properties: {}, names: [], places: first!.places };
}
