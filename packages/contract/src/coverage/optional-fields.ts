import type { Field } from "@contact-groups/openapi/model";

/** Stands for the index of any item of a list. */
const anyItem = "{n}";

/**
 * Patterns of JSON pointers to the fields that a valid value may leave out: `/GroupContactItem/{n}/ContactItem`. A field that only one
 * kind of object requires is optional too.
 */
export function optionalFields(field: Field, pointer = ""): string[] {
  if (field.type === "array") return optionalFields(field.items, `${pointer}/${anyItem}`);
  const kinds = field.type === "union" ? field.alternatives : field.type === "object" ? [field] : [];
  const found = kinds.flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, inner]) => {
      const place = `${pointer}/${name}`;
      const isRequired = kinds.every(({ required }) => required.includes(name));
      return [...(isRequired ? [] : [place]), ...optionalFields(inner, place)];
    }),
  );
  return [...new Set(found)];
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
