import type { Field, ObjectField } from "@contact-groups/openapi/model";

/** The value to begin with when a part is added. */
export function blank(field: Field): unknown {
  if (field.enum) return field.enum[0];
  switch (field.type) {
    case "string":
      return "";
    case "integer":
    case "number":
      return field.minimum ?? 0;
    case "boolean":
      return false;
    case "scalar":
      return blank({ type: field.types[0] ?? "string" });
    case "array":
      return Array.from({ length: field.minItems ?? 0 }, () => blank(field.items));
    case "object":
      return blankObject(field);
    case "union":
      return field.alternatives[0] && blankObject(field.alternatives[0]);
  }
}

/** An object with the fields that it needs. Of an alternative, it has nothing of the others. */
export function blankObject({ required, fields }: ObjectField): object {
  return Object.fromEntries(required.map((name) => [name, blank(fields[name]!)]));
}
