import type { Field, UnionField } from "@contact-groups/openapi/model";
import type { Model } from "../reference/model.ts";

/** The field that discriminates the kinds of conversation, and the field with the ID of each kind. */
export interface Kinds {
  readonly by: string;
  /** Name of the ID field by the value of `by`. */
  readonly ids: Readonly<Record<string, string>>;
}

/** Finds in the requests how conversations are discriminated: each kind has one field in addition to the one that names it, the ID. */
export function kindsOf({ requestFields }: Pick<Model, "requestFields">): readonly Kinds[] {
  const unions = Object.values(requestFields)
    .flatMap(unionsIn)
    .filter(({ alternatives }) => alternatives.every(({ fields }) => Object.keys(fields).length === 2));
  const all = unions.map(({ by, alternatives }) => ({
    by,
    ids: Object.fromEntries(
      alternatives.map(({ value, required }) => [value, required.find((name) => name !== by) ?? by]),
    ),
  }));
  return [...new Map(all.map((kinds) => [JSON.stringify(kinds), kinds])).values()];
}

/** Returns the ID of a conversation; undefined if the value is not a conversation. */
export function idOf(conversation: unknown, all: readonly Kinds[]): string | undefined {
  const given = Object(conversation) as Readonly<Record<string, unknown>>;
  for (const { by, ids } of all) {
    const id = given[ids[String(given[by])] ?? ""];
    if (typeof id === "string") return id;
  }
  return undefined;
}

function unionsIn(field: Field): UnionField[] {
  switch (field.type) {
    case "object":
      return Object.values(field.fields).flatMap(unionsIn);
    case "array":
      return unionsIn(field.items);
    case "union":
      return [field, ...field.alternatives.flatMap(unionsIn)];
  }
  return [];
}
