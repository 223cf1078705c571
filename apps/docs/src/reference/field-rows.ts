import type { Field, ObjectField } from "@contact-groups/openapi/model";
import type { Say } from "../words/words.ts";

/** One field of a request or response body, as a row of a table. */
export interface FieldRow {
  /** Path from the body, for example `GroupContactItem[].GroupName`. */
  readonly path: string;
  /** How deep it is nested, from 0 on. */
  readonly depth: number;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** The values of the discriminator with which the field occurs, such as `Type 1`; undefined for any. */
  readonly only: string | undefined;
  readonly limits: Limits;
  readonly description: string;
}

/** What bounds a value; only what the description states. */
export interface Limits {
  readonly values?: readonly unknown[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly pattern?: string | undefined;
}

/** The fields inside a field, in the order of the description, each with those inside it behind it. */
export function fieldRows(field: Field, path = "", depth = 0): FieldRow[] {
  switch (field.type) {
    case "object":
      return rowsOf(field, path, depth);
    case "array":
      return fieldRows(field.items, `${path}[]`, depth);
    case "union": {
      const { by, alternatives } = field;
      const all = alternatives.map((one) => rowsOf(one, path, depth));
      return joinAlternatives(
        all,
        by,
        alternatives.map(({ value }) => value),
      );
    }
  }
  return [];
}

function rowsOf(field: ObjectField, path: string, depth: number): FieldRow[] {
  return Object.entries(field.fields).flatMap(([name, inner]) => {
    const place = path ? `${path}.${name}` : name;
    return [
      {
        path: place,
        name,
        depth,
        only: undefined,
        required: field.required.includes(name),
        type: inner.type === "array" ? `${typeOf(inner.items)}[]` : typeOf(inner),
        limits: limitsOf(inner),
        description: inner.description ?? "",
      },
      ...fieldRows(inner, place, depth + 1),
    ];
  });
}

/** A field that every alternative has is one row, with the values of all of them. Those that tell nothing apart come first. */
function joinAlternatives(all: readonly (readonly FieldRow[])[], by: string, tags: readonly unknown[]): FieldRow[] {
  const joined = new Map<string, FieldRow>();
  for (const candidate of all.flat()) {
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
        description,
        limits: { ...before.limits, values: values.length > 0 ? [...new Set(values)] : undefined },
      });
    }
  }
  const [first = []] = all;
  const depth = first[0]?.depth;
  const shared = new Set(
    first
      .filter(({ path, name }) => name !== by && all.every((rows) => rows.some((row) => row.path === path)))
      .map(({ path }) => path),
  );
  const rows = [...joined.values()].map((row) => {
    if (row.depth !== depth) return row;
    const own = tags.filter((_, index) => all[index]?.some(({ path }) => path === row.path));
    return { ...row, only: own.length === all.length ? undefined : `${by} ${own.map(String).join(", ")}` };
  });
  const isShared = (row: FieldRow): boolean =>
    [...shared].some((path) => row.path === path || (row.depth !== depth && row.path.startsWith(path)));
  return [...rows.filter(isShared), ...rows.filter((row) => !isShared(row))];
}

function typeOf(field: Field): string {
  if (field.type === "scalar") return field.types.join(" | ");
  return field.type === "union" ? "object" : field.type;
}

/** The limits of a list are also those of its items, where these are no objects with rows of their own. */
function limitsOf(field: Field): Limits {
  if (field.type === "array") {
    const { minItems, maxItems } = field;
    return { ...limitsOf(field.items), minItems, maxItems };
  }
  const { minimum, maximum, minItems, maxItems, maxBytes, pattern }: Limits = field as object;
  return { values: field.enum, minimum, maximum, minItems, maxItems, maxBytes, pattern };
}

/** What bounds a field, a phrase each. */
export function limitTexts({ only, limits }: Pick<FieldRow, "only" | "limits">, say: Say): string[] {
  const { values, minimum, maximum, minItems, maxItems, maxBytes, pattern } = limits;
  return [
    only !== undefined && say("only", { condition: only }),
    values &&
      say(values.length === 1 ? "value" : "values", {
        values: values.map((value) => JSON.stringify(value)).join(", "),
      }),
    minimum !== undefined && maximum !== undefined && say("range", { from: minimum, to: maximum }),
    minimum !== undefined && maximum === undefined && say("atLeast", { from: minimum }),
    itemsText(minItems, maxItems, say),
    maxBytes !== undefined && say("bytes", { bytes: maxBytes }),
    pattern !== undefined && say("pattern", { pattern }),
  ].filter((text) => typeof text === "string");
}

function itemsText(from: number | undefined, to: number | undefined, say: Say): string | undefined {
  if (to !== undefined) return from === undefined ? say("atMostItems", { to }) : say("items", { from, to });
  return from === undefined ? undefined : say("atLeastItems", { from });
}
