/** One export of the model. */
export interface ModelExport {
  readonly name: string;
  readonly doc: string;
  readonly value: unknown;
  /** Its type, where that is not the literal one. */
  readonly type?: string;
}

const identifier = /^[A-Za-z_$][\w$]*$/;
const arrayIndex = /^(0|[1-9]\d*)$/;

/** Keys whose values are texts for people: they have the type `string`, so that a corrected text changes no type. */
const texts: ReadonlySet<string> = new Set([
  "message",
  "cause",
  "fix",
  "hint",
  "note",
  "description",
  "title",
  "summary",
]);

/** Writes JSON data as a JavaScript literal: keys bare where they can be. */
export function toSource(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toSource).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{ ${entries.map(([key, item]) => `${toKey(key)}: ${toSource(item)}`).join(", ")} }`;
}

/** Writes the literal type of JSON data. */
export function toType(value: unknown, isText = false): string {
  if (Array.isArray(value)) return `readonly [${value.map((item) => toType(item)).join(", ")}]`;
  if (typeof value === "string" && isText) return "string";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{ ${entries.map(([key, item]) => `readonly ${toKey(key)}: ${toType(item, texts.has(key))};`).join(" ")} }`;
}

/** Writes a union of literals in the order given, each once; of none, `never`. */
export function toUnion(values: readonly (string | number)[]): string {
  return [...new Set(values)].map((value) => JSON.stringify(value)).join(" | ") || "never";
}

/** Writes a property key, in quotes only where it needs them. */
export function toKey(key: string): string {
  return identifier.test(key) || arrayIndex.test(key) ? key : JSON.stringify(key);
}

/** Writes a comment for an editor. */
export function toComment(text: string, margin = ""): string {
  const lines = text.trim().replaceAll("*/", "*\\/").split("\n");
  return lines.length === 1
    ? `${margin}/** ${lines[0]} */`
    : [`${margin}/**`, ...lines.map((line) => `${margin} * ${line}`.trimEnd()), `${margin} */`].join("\n");
}
