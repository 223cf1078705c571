import stringify from "json-stringify-pretty-compact";

/** Writes JSON for a reader: what is short stays on one line. */
export function jsonText(value: unknown): string {
  return stringify(value, { maxLength: 68 });
}

/** Writes a value as JavaScript: names of fields need no quotes. A quote that follows a brace, a comma or the margin never is inside a text. */
export function objectLiteral(value: unknown): string {
  return jsonText(value).replace(/(^\s*|[{,] )"([A-Za-z_]\w*)":/gm, "$1$2:");
}
