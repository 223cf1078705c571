import { byteLength, count } from "@contact-groups/core/check";
import type { GroupContactItem } from "@contact-groups/openapi/bodies";
import { type Field, requestChecks, requestBodies, type StringField } from "@contact-groups/openapi/model";
import type { OperationContext } from "../core/operation.ts";
import { RefusedError } from "../refusal.ts";

const fieldName: keyof GroupContactItem = "GroupName";

/** The field that has the name of a conversation group, in the first request that has one. */
export const groupNameField: StringField & { readonly maxBytes: number } = find(Object.values(requestBodies));

/**
 * Refuses the name of a conversation group that is too long or is no text.
 *
 * @param place JSON pointer of the name in the request.
 */
export function checkGroupName(name: string, place: string, { settings }: OperationContext): void {
  if (/\p{Surrogate}/u.test(name)) {
    const why = `${place} must be text that UTF-8 can hold, but has half of a surrogate pair`;
    throw new RefusedError({ rule: "create.name-bytes", error: requestChecks.body.name, why });
  }
  const bytes = byteLength(name);
  if (bytes <= settings.groupNameBytes) return;
  const why = `${place} must have at most ${count(settings.groupNameBytes, "byte")} in UTF-8, but has ${bytes}`;
  throw new RefusedError({ rule: "create.name-bytes", error: "GroupNameTooLong", why });
}

function find(fields: readonly Field[]): StringField & { readonly maxBytes: number } {
  for (const field of fields) {
    const inner = field.type === "object" ? field.fields : {};
    const own = inner[fieldName];
    if (own?.type === "string") return { ...own, maxBytes: own.maxBytes ?? Infinity };
  }
  const next = fields.flatMap(innerFields);
  if (next.length === 0) throw new Error(`No request has a text in the field ${fieldName}.`);
  return find(next);
}

function innerFields(field: Field): readonly Field[] {
  if (field.type === "array") return [field.items];
  return field.type === "object" ? Object.values(field.fields) : field.type === "union" ? field.alternatives : [];
}
