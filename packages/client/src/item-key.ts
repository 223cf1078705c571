import type { Field, UnionField } from "@contact-groups/openapi/model";
import type { Fields } from "./declared.ts";
import { toNumber } from "./to-number.ts";

/** A text that is the same for two values that name the same item; undefined for what names none. */
export type ItemKey = (value: unknown) => string | undefined;

/**
 * Finds what an item of a request is known by, and reads it in requests and responses. That is the item itself, or the first of its fields that is told apart
 * by a tag: a response repeats it beside what became of it.
 */
export function itemKey(item: Field | undefined): ItemKey {
  if (item?.type === "string") return (value) => (typeof value === "string" ? value : undefined);
  const fields = item?.type === "object" ? Object.values(item.fields) : [];
  const union = item?.type === "union" ? item : fields.find((field) => field.type === "union");
  const own = union && unionKey(union);
  return (value) => {
    if (own === undefined || typeof value !== "object" || value === null) return undefined;
    const key = own(value as Fields);
    if (key !== undefined) return key;
    for (const inner of Object.values(value)) {
      const found = typeof inner === "object" && inner !== null ? own(inner as Fields) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Whether an item is known by all that it says, so that one that occurs twice can be sent once. */
export function isKeyItself(item: Field | undefined): boolean {
  return item?.type === "union" || item?.type === "string";
}

/** The first alternative's text is its own key, which spares a long list a new text for each; none begins as that of another does. */
function unionKey({ by, alternatives }: UnionField): (fields: Fields) => string | undefined {
  const names = alternatives.map(({ required }) => required.filter((name) => name !== by));
  const texts = new Map(alternatives.map(({ value }, index) => [value, index]));
  return (fields) => {
    const tag = fields[by];
    const index = texts.get(tag as string) ?? (typeof tag === "string" ? texts.get(toNumber(tag)) : undefined);
    if (index === undefined) return undefined;
    let key = index === 0 ? "" : `\0${index === 1 ? "" : index}`;
    for (const name of names[index]!) {
      const value = fields[name];
      if (typeof value !== "string") return undefined;
      key = key === "" ? value : `${key}${value}`;
    }
    return key;
  };
}
