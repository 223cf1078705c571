import { resolve, type Schema } from "../description.ts";

/** Stands for the index of any item of a list. */
const anyItem = "{n}";

/**
 * Patterns of JSON pointers to the fields that a valid value may leave out: `/GroupContactItem/{n}/ContactItem`. A field that only one
 * branch of a `oneOf` requires is optional too.
 */
export function optionalFields(schema: Schema, pointer = ""): string[] {
  const { properties, required, items } = shape(schema);
  const ofItems = items.flatMap((item) => optionalFields(item, `${pointer}/${anyItem}`));
  const ofProperties = [...properties].flatMap(([name, schemas]) => {
    const place = `${pointer}/${name}`;
    const own = required.has(name) ? [] : [place];
    return [...own, ...schemas.flatMap((it) => optionalFields(it, place))];
  });
  return [...new Set([...ofItems, ...ofProperties])];
}

/** Whether a value has a field that a pattern names, in any item of the lists on the way. */
export function isPresent(value: unknown, pattern: string): boolean {
  const [, token, ...rest] = pattern.split("/");
  if (token === undefined) return true;
  const tail = rest.map((it) => `/${it}`).join("");
  if (token === anyItem) return Array.isArray(value) && value.some((item) => isPresent(item, tail));
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, token)) return false;
  return isPresent((value as Record<string, unknown>)[token], tail);
}

/** What a schema and its parts say together about an object's fields and a list's items. */
interface Shape {
  readonly properties: ReadonlyMap<string, readonly Schema[]>;
  readonly required: ReadonlySet<string>;
  readonly items: readonly Schema[];
}

function shape(schema: Schema): Shape {
  const own: Shape = {
    properties: new Map(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, [property]])),
    required: new Set(schema["required"] as readonly string[] | undefined),
    items: schema["items"] === undefined ? [] : [schema["items"] as Schema],
  };
  const parts = [schema.$ref === undefined ? [] : [resolve(schema.$ref) as Schema], schema.allOf ?? []].flat();
  const whole = parts.map((part) => shape(part)).reduce((one, other) => merge(one, other, union), own);
  const choices = (schema.oneOf ?? schema.anyOf ?? []).map((branch) => shape(branch));
  if (choices.length === 0) return whole;
  return merge(
    whole,
    choices.reduce((one, other) => merge(one, other, intersection)),
    union,
  );
}

type Combine = (one: ReadonlySet<string>, other: ReadonlySet<string>) => Set<string>;
const union: Combine = (one, other) => new Set([...one, ...other]);
const intersection: Combine = (one, other) => new Set([...one].filter((name) => other.has(name)));

function merge(one: Shape, other: Shape, combine: Combine): Shape {
  const names = union(new Set(one.properties.keys()), new Set(other.properties.keys()));
  return {
    properties: new Map(
      [...names].map((name) => [name, [...(one.properties.get(name) ?? []), ...(other.properties.get(name) ?? [])]]),
    ),
    required: combine(one.required, other.required),
    items: [...one.items, ...other.items],
  };
}
