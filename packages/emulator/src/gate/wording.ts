import type { Problem } from "../generated/validators.js";
import { byteLength, characterCount } from "./lengths.ts";

/** A value as an answer shows it. Long and compound ones are described, so that an answer stays short and repeats little. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${count(value.length, "item")}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length <= 50 ? text : `a string of ${count(characterCount(String(value)), "character")}`;
}

/** What was expected of the value and what was found: `must be 1 or 2, but is "1"`. `found: false` leaves the second part out. */
export function wording(problem: Problem, value: unknown, found = true): string {
  const [expected, instead] = parts(problem, value);
  return found && instead !== undefined ? `${expected}, but ${instead}` : expected;
}

function parts({ keyword, params }: Problem, value: unknown): [expected: string, found?: string] {
  const limit = params["limit"];
  // Only text has a length to tell, and an array can be nested too deeply to become text.
  const text = typeof value === "string" ? value : "";
  switch (keyword) {
    case "required":
      return ["is required", "is missing"];
    case "type":
      return [`must be ${article(params["type"])}`, `is ${show(value)}`];
    case "const":
      return [`must be ${show(params["allowedValue"])}`, `is ${show(value)}`];
    case "enum":
      return [`must be ${(params["allowedValues"] as unknown[]).map(show).join(" or ")}`, `is ${show(value)}`];
    case "minimum":
      return [`must be at least ${limit}`, `is ${show(value)}`];
    case "exclusiveMinimum":
      return [`must be above ${limit}`, `is ${show(value)}`];
    case "maximum":
      return [`must be at most ${limit}`, `is ${show(value)}`];
    case "minLength":
      return [`must have at least ${count(limit, "character")}`, `has ${characterCount(text)}`];
    case "maxLength":
      return [`must have at most ${count(limit, "character")}`, `has ${characterCount(text)}`];
    case "x-maxBytes":
      return [`must have at most ${count(limit, "byte")} in UTF-8`, `has ${byteLength(text)}`];
    case "minItems":
      return [`must have at least ${count(limit, "item")}`, `has ${(value as unknown[]).length}`];
    case "maxItems":
      return [`must have at most ${count(limit, "item")}`, `has ${(value as unknown[]).length}`];
    case "pattern":
      return [`must match ${params["pattern"]}`, `is ${show(value)}`];
    default:
      return [`breaks the rule "${keyword}"`];
  }
}

/** A number with its unit: `1 item`, `2 items`. */
export function count(number: unknown, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}

function article(type: unknown): string {
  return /^[aeiou]/.test(String(type)) ? `an ${type}` : `a ${type}`;
}
