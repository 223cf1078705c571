/** Makes invalid values from a schema and a valid value, one broken rule each. It reads the plain bundle, not what the validators make of it. */
import { resolve, type Schema } from "../description.ts";

export interface Mutation {
  readonly keyword: string;
  /** JSON pointer of what is wrong. */
  readonly pointer: string;
  readonly value: unknown;
  /** The code that the description names for the keyword. */
  readonly code: number | undefined;
  /** The schema that the keyword is in. */
  readonly schema: Schema;
}

type Breaker = (limit: never, value: never, schema: Schema) => readonly unknown[];

const unknownField = "Misspelt_Field";

/** For each keyword that limits a value, the values that break it. */
const breakers: Readonly<Record<string, Breaker>> = {
  type: (type: string) => [null, true, 1.5, "1", {}, []].filter((value) => !isOfType(value, type)),
  const: (constant: unknown) => [typeof constant === "number" ? constant + 1000 : `${String(constant)}x`],
  enum: (values: readonly unknown[]) => [`${values.join("")}x`],
  minLength: (limit: number) => (limit > 0 ? ["x".repeat(limit - 1)] : []),
  maxLength: (limit: number) => ["x".repeat(limit + 1)],
  "x-maxBytes": (limit: number) => ["é".repeat(Math.floor(limit / 2) + 1)],
  pattern: (pattern: string) =>
    ["é", "\u0000", "!", ""].filter((text) => !new RegExp(pattern, "u").test(text)).slice(0, 1),
  minimum: (limit: number) => [limit - 1],
  maximum: (limit: number) => [limit + 1],
  minItems: (limit: number, items: readonly unknown[]) => (limit > 0 ? [items.slice(0, limit - 1)] : []),
  maxItems: (limit: number, items: readonly unknown[]) => (items.length > 0 ? [Array(limit + 1).fill(items[0])] : []),
  additionalProperties: (allowed: boolean, object: object) => (allowed ? [] : [{ ...object, [unknownField]: 1 }]),
  unevaluatedProperties: (allowed: boolean, object: object) => (allowed ? [] : [{ ...object, [unknownField]: 1 }]),
};

/** Keywords that need no value of their own: what they hold is walked, or they limit nothing. An `x-` keyword limits if it is above. */
const others = new Set(["$ref", "allOf", "oneOf", "properties", "items", "required", "description", "format"]);

/** Every way to break one rule of the schema in the value. */
export function mutations(schema: Schema, value: unknown, pointer = ""): Mutation[] {
  const found: Mutation[] = [];
  for (const part of parts(schema, value)) {
    for (const [keyword, limit] of Object.entries(part)) {
      const breaker = breakers[keyword];
      if (!breaker && !others.has(keyword) && !keyword.startsWith("x-"))
        throw new Error(`No value is known that breaks "${keyword}".`);
      const values = breaker?.(limit as never, value as never, part) ?? [];
      found.push(
        ...values.map((broken) => ({
          keyword,
          pointer,
          value: broken,
          code: part["x-errorCodes"]?.[keyword],
          schema: part,
        })),
      );
    }
    found.push(...insideObject(part, value, pointer), ...insideArray(part, value, pointer));
  }
  return found;
}

/** The keywords that limit the values of a schema. */
export function limits(schema: Schema): Set<string> {
  const own = Object.keys(schema).filter((keyword) => keyword in breakers || keyword === "required");
  const inner = [...Object.values(schema.properties ?? {}), schema["items"], schema.allOf, schema.oneOf]
    .flat()
    .filter(isObject) as Schema[];
  const referred = schema.$ref === undefined ? [] : [resolve(schema.$ref) as Schema];
  return new Set([...own, ...[...inner, ...referred].flatMap((part) => [...limits(part)])]);
}

function insideObject(schema: Schema, value: unknown, pointer: string): Mutation[] {
  if (!isObject(value)) return [];
  const required = (schema["required"] ?? []) as readonly string[];
  const removed = required.map((name) => {
    const { [name]: _removed, ...rest } = value;
    return {
      keyword: "required",
      pointer: `${pointer}/${name}`,
      value: rest,
      code: schema["x-errorCodes"]?.["required"],
      schema,
    };
  });
  const changed = Object.entries(schema.properties ?? {})
    .filter(([name]) => name in value)
    .flatMap(([name, property]) =>
      mutations(property, value[name], `${pointer}/${name}`).map((mutation) => ({
        ...mutation,
        value: { ...value, [name]: mutation.value },
      })),
    );
  return [...removed, ...changed];
}

function insideArray(schema: Schema, value: unknown, pointer: string): Mutation[] {
  if (!Array.isArray(value) || !isObject(schema["items"])) return [];
  const items = schema["items"] as Schema;
  return value.flatMap((item, index) =>
    mutations(items, item, `${pointer}/${index}`).map((mutation) => ({
      ...mutation,
      value: value.with(index, mutation.value),
    })),
  );
}

/** The schema, and those it refers to that apply to the value. */
function parts(schema: Schema, value: unknown): Schema[] {
  const referred = schema.$ref === undefined ? [] : parts(resolve(schema.$ref) as Schema, value);
  const all = (schema.allOf ?? []).flatMap((part) => parts(part, value));
  const one =
    (schema.oneOf ?? [])
      .map((branch) => parts(branch, value))
      .find((branch) => branch.every((part) => constantsMatch(part, value))) ?? [];
  return [schema, ...referred, ...all, ...one];
}

function constantsMatch(schema: Schema, value: unknown): boolean {
  const constants = Object.entries(schema.properties ?? {}).filter(([, property]) => "const" in property);
  return constants.every(([name, property]) => isObject(value) && value[name] === property["const"]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOfType(value: unknown, type: string): boolean {
  const types: Readonly<Record<string, boolean>> = {
    string: typeof value === "string",
    integer: Number.isInteger(value),
    number: typeof value === "number",
    boolean: typeof value === "boolean",
    array: Array.isArray(value),
    object: isObject(value),
    null: value === null,
  };
  return types[type] ?? false;
}

/** Items together by a key, in the order in which the keys come first. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
