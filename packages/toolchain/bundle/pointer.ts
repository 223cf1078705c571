import { unescapePointerFragment } from "@redocly/openapi-core";

/** Returns a key as a token of a JSON pointer (RFC 6901). */
export function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Returns the pointer of a key below another pointer. */
export function below(pointer: string, key: string | number): string {
  return `${pointer}/${escape(`${key}`)}`;
}

/** Returns the tokens of a JSON pointer, also of one that is a fragment of a URL. */
export function tokensOf(pointer: string): string[] {
  const tokens = pointer.replace(/^#?\/?/, "").split("/");
  return tokens.filter((token) => token !== "").map((token) => unescapePointerFragment(token));
}

/** Returns the value at some tokens of a pointer; undefined where the document has none. */
export function valueAt(document: unknown, tokens: readonly string[]): unknown {
  return tokens.reduce<unknown>((node, token) => (Object(node) as Record<string, unknown>)[token], document);
}

/** Returns JSON pointers to the values in which two documents differ. The order of keys is no difference. */
export function differences(one: unknown, other: unknown, pointer = ""): string[] {
  if (one === other) return [];
  if (!isNode(one) || !isNode(other) || Array.isArray(one) !== Array.isArray(other)) return [pointer];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) => differences(one[key], other[key], `${pointer}/${escape(key)}`));
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
