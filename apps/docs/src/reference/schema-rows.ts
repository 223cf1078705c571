import type { Description, Schema } from "./openapi-types.ts";

/** One field of a request or response body, as a row of a table. */
export interface SchemaRow {
  /** Path from the body, for example `GroupContactItem[].GroupName`. */
  readonly path: string;
  /** How deep it is nested, from 0 on. */
  readonly depth: number;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** The value of `Type` with which the field occurs; undefined for any. */
  readonly only: string | undefined;
  readonly limits: Limits;
  readonly description: string;
}

/** What bounds a value; only what the schema states. */
export interface Limits {
  readonly values?: readonly unknown[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly pattern?: string | undefined;
}

export interface Merged extends Omit<Schema, "required"> {
  readonly required: readonly string[];
}

/** Fields of a schema in the order of the description, each with those inside it behind it. */
export function schemaRows(description: Description, schema: Schema, path = "", depth = 0, only?: string): SchemaRow[] {
  const merged = merge(description, schema);
  const own = Object.entries(merged.properties ?? {}).flatMap(([name, property]) =>
    row(description, property, {
      path: path ? `${path}.${name}` : name,
      name,
      depth,
      only,
      required: merged.required.includes(name),
    }),
  );
  const branches = (merged.oneOf ?? []).flatMap((branch) => {
    const { properties } = merge(description, branch);
    const discriminator = Object.entries(properties ?? {}).find(([, property]) => property.const !== undefined);
    const condition = discriminator && `${discriminator[0]} ${String(discriminator[1].const)}`;
    return schemaRows(description, branch, path, depth, condition);
  });
  return [...own, ...joinBranches(branches)];
}

type Place = Pick<SchemaRow, "path" | "name" | "depth" | "only" | "required">;

function row(description: Description, property: Schema, place: Place): SchemaRow[] {
  const merged = merge(description, property);
  const item = merged.items && merge(description, merged.items);
  const type = merged.type === "array" ? `${item?.type ?? "object"}[]` : (merged.type ?? "object");
  const self: SchemaRow = { ...place, type, limits: limits(merged), description: merged.description ?? "" };
  const inner = item ?? merged;
  const suffix = item ? "[]" : "";
  return [self, ...schemaRows(description, inner, place.path + suffix, place.depth + 1)];
}

/** A field that every branch has is one row, with the values of all of them. */
function joinBranches(rows: readonly SchemaRow[]): SchemaRow[] {
  const joined = new Map<string, SchemaRow>();
  for (const candidate of rows) {
    const before = joined.get(candidate.path);
    if (!before) joined.set(candidate.path, candidate);
    else {
      const values = [...(before.limits.values ?? []), ...(candidate.limits.values ?? [])];
      const description =
        before.description === candidate.description
          ? before.description
          : `${before.description} ${candidate.description}`;
      joined.set(candidate.path, {
        ...before,
        only: undefined,
        description,
        limits: { ...before.limits, values: values.length > 0 ? [...new Set(values)] : undefined },
      });
    }
  }
  return [...joined.values()];
}

function limits(schema: Merged): Limits {
  return {
    values: schema.const === undefined ? schema.enum : [schema.const],
    minimum: schema.minimum,
    maximum: schema.maximum,
    minItems: schema.minItems,
    maxItems: schema.maxItems,
    maxBytes: schema["x-maxBytes"],
    pattern: schema.pattern,
  };
}

/** A schema with what it refers to; what stands beside a `$ref` wins. */
export function merge(description: Description, schema: Schema): Merged {
  const { $ref, allOf = [], ...rest } = schema;
  const parts = [...($ref ? [lookUp(description, $ref)] : []), ...allOf].map((part) => merge(description, part));
  const properties = Object.assign({}, ...parts.map((part) => part.properties), rest.properties) as Record<
    string,
    Schema
  >;
  const required = [...parts.flatMap((part) => part.required), ...(rest.required ?? [])];
  const merged = Object.assign({}, ...parts, rest) as Schema;
  return { ...merged, required, ...(Object.keys(properties).length > 0 && { properties }) };
}

function lookUp(description: Description, ref: string): Schema {
  const name = ref.slice(ref.lastIndexOf("/") + 1);
  const schema = description.components.schemas[name];
  if (!schema) throw new Error(`The bundle has no schema ${ref}.`);
  return schema;
}
