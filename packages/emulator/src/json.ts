/** JSON texts with the type of their value, so that a row can keep one and the compiler still checks a response against the description. */

declare const value: unique symbol;
declare const items: unique symbol;

/** The JSON text of a value. */
export type Json<Value> = string & { readonly [value]: Value };

/** The JSON texts of the items of a list, joined by commas; empty for no items. */
export type JsonItems<Item> = string & { readonly [items]: Item };

/** Writes a value. */
export function toJson<Value>(of: Value): Json<Value> {
  return JSON.stringify(of) as Json<Value>;
}

/** Joins the texts of `count` items. */
export function joinJson<Item>(count: number, textAt: (index: number) => Json<Item>): JsonItems<Item> {
  let text = "";
  for (let index = 0; index < count; index++) text += index === 0 ? textAt(index) : `,${textAt(index)}`;
  return text as JsonItems<Item>;
}

/** A list of a response whose items were written earlier. */
export class WrittenList<Item> {
  readonly text: JsonItems<Item>;

  constructor(text: JsonItems<Item>) {
    this.text = text;
  }
}

/** No items. */
export const noItems: JsonItems<never> = "" as JsonItems<never>;

/** An object whose lists can be written lists. */
export type Draft<Value> = {
  readonly [Name in keyof Value]:
    | Value[Name]
    | (Value[Name] extends readonly (infer Item)[] ? WrittenList<Item> : never);
};

/** Writes an object of two parts, whose lists can be written lists. */
export function draftToJson<One extends object, Other extends object>(
  one: Draft<One>,
  other: Draft<Other>,
): Json<One & Other> {
  const first = membersOf(one, "");
  return `{${first}${membersOf(other, first === "" ? "" : ",")}}` as Json<One & Other>;
}

function membersOf(draft: Readonly<Record<string, unknown>>, before: string): string {
  let text = "";
  for (const name in draft) {
    const member = draft[name];
    const written = member instanceof WrittenList ? `[${member.text}]` : JSON.stringify(member);
    text += `${text === "" ? before : ","}"${name}":${written}`;
  }
  return text;
}
