import { type Field, requestChecks, type StringField } from "@contact-groups/openapi/model";
import type { GroupContactItem } from "@contact-groups/openapi/bodies";

const name: keyof GroupContactItem = "GroupName";

/** The field that has the name of a conversation group, in the first request that has one. */
export const groupNameField: StringField & { readonly maxBytes: number } = find(Object.values(requestChecks));

function find(fields: readonly Field[]): StringField & { readonly maxBytes: number } {
  for (const field of fields) {
    const inner = field.type === "object" ? field.fields : {};
    const own = inner[name];
    if (own?.type === "string") return { ...own, maxBytes: own.maxBytes ?? Infinity };
  }
  const next = fields.flatMap(innerFields);
  if (next.length === 0) throw new Error(`No request has a text in the field ${name}.`);
  return find(next);
}

function innerFields(field: Field): readonly Field[] {
  if (field.type === "array") return [field.items];
  return field.type === "object" ? Object.values(field.fields) : field.type === "union" ? field.alternatives : [];
}
