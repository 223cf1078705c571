import type { ErrorObject } from "ajv/dist/2020.js";

/** A value as an answer shows it. Long and compound ones are described, so that an answer stays short and repeats little. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${count(value.length, "item")}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length <= 50 ? text : `a string of ${count([...String(value)].length, "character")}`;
}

/** What was expected of the value and what was found: `must be 1 or 2, but is "1"`. `found: false` leaves the second part out. */
export function wording(error: ErrorObject, found = true): string {
  const [expected, instead] = parts(error);
  return found && instead !== undefined ? `${expected}, but ${instead}` : expected;
}

function parts({ keyword, schema, data, message }: ErrorObject): [expected: string, found?: string] {
  switch (keyword) {
    case "required":
      return ["is required", "is missing"];
    case "type":
      return [`must be ${[schema].flat().map(article).join(" or ")}`, `is ${show(data)}`];
    case "const":
      return [`must be ${show(schema)}`, `is ${show(data)}`];
    case "enum":
      return [`must be ${(schema as unknown[]).map(show).join(" or ")}`, `is ${show(data)}`];
    case "minimum":
      return [`must be at least ${schema}`, `is ${show(data)}`];
    case "maximum":
      return [`must be at most ${schema}`, `is ${show(data)}`];
    case "minLength":
      return [`must have at least ${count(schema, "character")}`, `has ${[...(data as string)].length}`];
    case "maxLength":
      return [`must have at most ${count(schema, "character")}`, `has ${[...(data as string)].length}`];
    case "x-maxBytes":
      return [`must have at most ${count(schema, "byte")} in UTF-8`, `has ${Buffer.byteLength(data as string)}`];
    case "minItems":
      return [`must have at least ${count(schema, "item")}`, `has ${(data as unknown[]).length}`];
    case "maxItems":
      return [`must have at most ${count(schema, "item")}`, `has ${(data as unknown[]).length}`];
    case "pattern":
      return [`must match ${schema}`, `is ${show(data)}`];
    case "format":
      return [`must be a valid ${schema}`, `is ${show(data)}`];
    default:
      return [message ?? `breaks the rule "${keyword}"`];
  }
}

function count(number: unknown, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}

function article(type: unknown): string {
  if (type === "null") return "null";
  return /^[aeiou]/.test(String(type)) ? `an ${type}` : `a ${type}`;
}
