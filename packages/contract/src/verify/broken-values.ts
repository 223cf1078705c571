/** Creates invalid values from a field and a valid value, one broken rule each. It does not share code with the request checks. */
import { isObject } from "@contact-groups/core/json";
import type { Field } from "@contact-groups/openapi/model";

export interface Mutation {
  readonly keyword: string;
  /** JSON pointer of the invalid value. */
  readonly pointer: string;
  readonly value: unknown;
  /** The code that the description names for the keyword. */
  readonly code: number | undefined;
  /** The field that the keyword belongs to; of a missing field, the object. */
  readonly field: Field;
}

type Breaker = (limit: never, value: never, field: Field) => readonly unknown[];

/** For each property of a field that limits a value: the keyword of the description, and the values that break it. */
const breakers: Readonly<Record<string, readonly [keyword: string, breaker: Breaker]>> = {
  type: [
    "type",
    (_type: string, _value: unknown, field: Field) =>
      [null, true, 1.5, "1", {}, []].filter((value) => !typesOf(field).some((type) => isOfType(value, type))),
  ],
  enum: [
    "enum",
    (values: readonly unknown[]) =>
      typeof values[0] === "number"
        ? [Math.max(...(values as number[])) + 1000]
        : typeof values[0] === "string"
          ? [`${values.join("")}x`]
          : [],
  ],
  minLength: ["minLength", (limit: number) => (limit > 0 ? ["x".repeat(limit - 1)] : [])],
  maxLength: ["maxLength", (limit: number) => ["x".repeat(limit + 1)]],
  maxBytes: ["x-maxBytes", (limit: number) => ["é".repeat(Math.floor(limit / 2) + 1)]],
  pattern: [
    "pattern",
    (pattern: string) => ["é", "\u0000", "!", ""].filter((text) => !new RegExp(pattern, "u").test(text)).slice(0, 1),
  ],
  minimum: ["minimum", (limit: number) => [limit - 1]],
  exclusiveMinimum: ["exclusiveMinimum", (limit: number) => [limit]],
  maximum: ["maximum", (limit: number) => [limit + 1]],
  minItems: ["minItems", (limit: number, items: readonly unknown[]) => (limit > 0 ? [items.slice(0, limit - 1)] : [])],
  maxItems: [
    "maxItems",
    (limit: number, items: readonly unknown[]) => (items.length > 0 ? [Array(limit + 1).fill(items[0])] : []),
  ],
};

/** Properties without invalid values of their own: their contents are visited, or they limit nothing. */
const others: ReadonlySet<string> = new Set([
  "description",
  "schema",
  "sources",
  "errors",
  "nullable",
  "format",
  "fields",
  "required",
  "items",
  "by",
  "types",
  "value",
  "alternatives",
  // A provider may ignore unknown fields: no document says that they are rejected.
  "closed",
  // What is above the larger limit is above the smaller one, too.
  "maxBytesDisputed",
]);

/** Returns every way to break one rule of the field in the value. */
export function mutations(field: Field, value: unknown, pointer = ""): Mutation[] {
  const own = kindOf(field, value);
  const found = Object.entries(own).flatMap(([name, limit]): Mutation[] => {
    const [keyword, breaker] = breakers[name] ?? [];
    if (!keyword && !others.has(name)) throw new Error(`No value is known that breaks "${name}".`);
    if (!keyword || !breaker) return [];
    return breaker(limit as never, value as never, own)
      .filter((broken) => broken !== null || !own.nullable)
      .map((broken) => ({ keyword, pointer, value: broken, code: own.errors?.[keyword], field: own }));
  });
  return [...found, ...insideObject(own, value, pointer), ...insideArray(own, value, pointer)];
}

/** Returns the keywords that limit the values of a field. */
export function limits(field: Field): Set<string> {
  const own = Object.keys(field).flatMap((name) => breakers[name]?.[0] ?? []);
  switch (field.type) {
    case "array":
      return new Set([...own, ...limits(field.items)]);
    case "object": {
      const required = field.required.length > 0 ? ["required"] : [];
      return new Set([...own, ...required, ...Object.values(field.fields).flatMap((inner) => [...limits(inner)])]);
    }
    case "union":
      return new Set(field.alternatives.flatMap((one) => [...limits(one)]));
  }
  return new Set(own);
}

function insideObject(field: Field, value: unknown, pointer: string): Mutation[] {
  if (field.type !== "object" || !isObject(value)) return [];
  const removed = field.required.map((name) => {
    const { [name]: _removed, ...rest } = value;
    const code = field.fields[name]?.errors?.["required"];
    return { keyword: "required", pointer: `${pointer}/${name}`, value: rest, code, field };
  });
  const changed = Object.entries(field.fields)
    .filter(([name]) => name in value)
    .flatMap(([name, inner]) =>
      mutations(inner, value[name], `${pointer}/${name}`)
        // A provider may read null as a missing field: no document says that it is rejected.
        .filter((mutation) => mutation.value !== null || field.required.includes(name))
        .map((mutation) => ({ ...mutation, value: { ...value, [name]: mutation.value } })),
    );
  return [...removed, ...changed];
}

function insideArray(field: Field, value: unknown, pointer: string): Mutation[] {
  if (field.type !== "array" || !Array.isArray(value)) return [];
  return value.flatMap((item, index) =>
    mutations(field.items, item, `${pointer}/${index}`).map((mutation) => ({
      ...mutation,
      value: value.with(index, mutation.value),
    })),
  );
}

/** Returns the field itself; of a union, the alternative that the value is. */
function kindOf(field: Field, value: unknown): Field {
  if (field.type !== "union") return field;
  return field.alternatives.find(({ value: tag }) => isObject(value) && value[field.by] === tag) ?? field;
}

function typesOf(field: Field): readonly string[] {
  return field.type === "scalar" ? field.types : [field.type];
}

function isOfType(value: unknown, type: string): boolean {
  const types: Readonly<Record<string, boolean>> = {
    string: typeof value === "string",
    integer: Number.isInteger(value),
    number: typeof value === "number",
    boolean: typeof value === "boolean",
    array: Array.isArray(value),
    object: isObject(value),
  };
  return types[type] ?? false;
}
