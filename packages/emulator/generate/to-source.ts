const identifier = /^[A-Za-z_$][\w$]*$/;
const arrayIndex = /^(0|[1-9]\d*)$/;

/** Writes JSON data as a TypeScript literal: one property a line, keys bare where they can be. */
export function toSource(value: unknown, indent = ""): string {
  if (Array.isArray(value)) return `[${value.map((item) => toSource(item, indent)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const lines = Object.entries(value).map(([key, item]) => `${inner}${toKey(key)}: ${toSource(item, inner)},\n`);
  return `{\n${lines.join("")}${indent}}`;
}

/** Writes a property key, in quotes only where it needs them. */
export function toKey(key: string): string {
  return identifier.test(key) || arrayIndex.test(key) ? key : JSON.stringify(key);
}
