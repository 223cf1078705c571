import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";

/** The sort of value, never the value: it may be a credential in the wrong place. */
export function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value === "") return "empty text";
  if (typeof value === "number") return `the number ${value}`;
  return { string: "text", object: "an object", function: "a function" }[String(typeof value)] ?? `a ${typeof value}`;
}

/** Throws unless the value is text that is not empty and that a URL can hold. */
export function checkText(option: string, value: unknown): void {
  if (typeof value !== "string" || value === "")
    throw new InvalidArgumentError(option, "text that is not empty", kind(value));
  try {
    encodeURIComponent(value);
  } catch {
    throw new InvalidArgumentError(option, "text that a URL can hold", "text with half of a surrogate pair");
  }
}

/** Throws unless the value is a function or not given. */
export function checkFunction(option: string, value: unknown): void {
  if (value !== undefined && typeof value !== "function")
    throw new InvalidArgumentError(option, "a function", kind(value));
}

/** Throws unless the value is a time that a timer can hold, in milliseconds, or not given. */
export function checkDuration(option: string, value: unknown): void {
  if (value !== undefined && !(typeof value === "number" && value > 0 && value < 2 ** 31))
    throw new InvalidArgumentError(option, "milliseconds from 1 to 2147483647", kind(value));
}
