import type { Schema } from "./bundle.ts";

/** The fields that each closed object of a schema can have, by the place of the keyword that closes it. */
export function knownFields(schema: Schema): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(closed(schema, "#"));
}

function closed(node: unknown, place: string): [place: string, fields: readonly string[]][] {
  if (typeof node !== "object" || node === null) return [];
  const own = ["additionalProperties", "unevaluatedProperties"]
    .filter((keyword) => (node as Schema)[keyword] === false)
    .map((keyword): [string, readonly string[]] => [`${place}/${keyword}`, [...new Set(fieldsOf(node as Schema))]]);
  return [...own, ...Object.entries(node).flatMap(([key, value]) => closed(value, `${place}/${key}`))];
}

/** The fields that a schema and its parts name. */
function fieldsOf({ properties = {}, allOf = [], then }: Schema): readonly string[] {
  const parts = [...allOf, ...(then ? [then as Schema] : [])];
  return [...Object.keys(properties), ...parts.flatMap(fieldsOf)];
}
