/** Reads the JSON of a response with every integer exact, and codes that were sent as text. */

/** A cheap test, and right for nearly every response: an integer that a number may not hold, between two signs of JSON. */
const mayBeInexact = /(?:^|[[:,])\s*-?\d{16,}\s*(?:$|[\],}])/;

/** A string, so that the digits in it are stepped over, or a number. */
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Parses JSON. An integer beyond 2^53 - 1, which a number would round, becomes the text of its digits; everything else is as `JSON.parse` has it.
 *
 * @throws `SyntaxError` if the text is not JSON.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Only valid JSON gets here, in which every string ends: the pattern takes linear time.
  return mayBeInexact.test(text) ? JSON.parse(text.replace(stringOrNumber, quoteInexact)) : value;
}

function quoteInexact(token: string): string {
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}

/** Returns an integer, also one that a gateway sent as text; NaN for everything else. */
export function toInteger(value: unknown): number {
  if (typeof value === "string") return /^-?\d+$/.test(value) ? Number(value) : NaN;
  return Number.isInteger(value) ? (value as number) : NaN;
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
