import type { Field, ObjectField } from "@contact-groups/core/check";

/** The list of names `as` that an item with the IDs `ids` has. */
export interface Join {
  readonly ids: string;
  readonly as: string;
}

/**
 * Adds to each closed object in a list of a request the names of the fields that only responses have in items of its kind: those that have all of its
 * required fields. So a client can send an item of a response as an item of a request.
 *
 * @param joins Lists of names that a client adds to the items.
 */
export function withResponseOnly(request: Field, responses: readonly Field[], joins: readonly Join[]): Field {
  const items = responses.flatMap(itemsOf);
  const mark = (field: Field, inList: boolean): Field => {
    switch (field.type) {
      case "array":
        return { ...field, items: mark(field.items, true) };
      case "union":
        return { ...field, alternatives: field.alternatives.map((one) => mark(one, inList) as typeof one) };
      case "object": {
        const fields = Object.entries(field.fields).map(([name, inner]) => [name, mark(inner, inList)] as const);
        const responseOnly = inList && field.closed ? namesOnlyIn(items, field, joins) : [];
        return { ...field, fields: Object.fromEntries(fields), ...(responseOnly.length > 0 && { responseOnly }) };
      }
    }
    return field;
  };
  return mark(request, false);
}

function namesOnlyIn(
  items: readonly ObjectField[],
  { fields, required }: ObjectField,
  joins: readonly Join[],
): string[] {
  const alike = items.filter((item) => required.every((name) => isAlike(fields[name], item.fields[name])));
  const names = alike.flatMap((item) => {
    const added = joins.filter(({ ids }) => Object.hasOwn(item.fields, ids)).map(({ as }) => as);
    return [...Object.keys(item.fields), ...added];
  });
  return [...new Set(names)].filter((name) => !Object.hasOwn(fields, name)).toSorted();
}

/** A field of an item that says what it is: of one type, and where it can have few values, of the same. */
function isAlike(own: Field | undefined, other: Field | undefined): boolean {
  if (own === undefined || other?.type !== own.type) return false;
  return !own.enum || !other.enum || own.enum.some((value) => other.enum!.includes(value));
}

function itemsOf(field: Field): ObjectField[] {
  if (field.type === "array") return [...objectsOf(field.items), ...itemsOf(field.items)];
  return objectsOf(field).flatMap(({ fields }) => Object.values(fields).flatMap(itemsOf));
}

function objectsOf(field: Field): readonly ObjectField[] {
  if (field.type === "union") return field.alternatives;
  return field.type === "object" ? [field] : [];
}
