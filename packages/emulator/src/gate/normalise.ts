import type { Field, UnionField } from "@contact-groups/openapi/model";
import type { Settings } from "../settings.ts";

type Rewriting = Pick<Settings, "bothIds" | "stringType">;

/** Rewrites the objects of a body that are one of several kinds, in place, where the settings take what the description does not allow. */
export function normalise(field: Field, value: unknown, settings: Rewriting): void {
  if (settings.bothIds === "refuse" && settings.stringType === "refuse") return;
  visit(field, value, settings);
}

/** Whether or not the rest of the body is valid. */
function visit(field: Field, value: unknown, settings: Rewriting): void {
  if (field.type === "array" && Array.isArray(value)) for (const item of value) visit(field.items, item, settings);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const owner = value as Record<string, unknown>;
  if (field.type === "union") rewrite(field, owner, settings);
  if (field.type === "object")
    for (const [name, inner] of Object.entries(field.fields)) visit(inner, owner[name], settings);
}

function rewrite({ by, alternatives }: UnionField, owner: Record<string, unknown>, settings: Rewriting): void {
  if (settings.stringType === "accept") {
    const meant = alternatives.find(({ value }) => typeof value === "number" && String(value) === owner[by]);
    if (meant) owner[by] = meant.value;
  }
  const alternative = alternatives.find(({ value }) => value === owner[by]);
  if (settings.bothIds === "refuse" || !alternative) return;
  for (const other of alternatives)
    for (const name of Object.keys(other.fields)) if (!Object.hasOwn(alternative.fields, name)) delete owner[name];
}
