/**
 * The class of the error that a function of the core throws for an invalid argument. The caller gives it, so that users of the client catch the
 * client's own class. Its message shows the kind of the value, never the value: it may be a credential in the wrong place.
 */
export type InvalidArgument = new (argument: string, expected: string, found: string) => Error;

/** The error class of callers without one of their own. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
  /** Name of the option or argument. */
  readonly argument: string;

  constructor(argument: string, expected: string, found: string) {
    super(`${argument}: expected ${expected}, found ${found}`);
    this.argument = argument;
  }
}

/** Returns the kind of a value, never the value. */
export function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value === "") return "empty text";
  if (typeof value === "number") return `the number ${value}`;
  return { string: "text", object: "an object", function: "a function" }[String(typeof value)] ?? `a ${typeof value}`;
}

/** Throws unless the value is text that is not empty and that a URL can hold. */
export function checkText(argument: string, value: unknown, Invalid: InvalidArgument): void {
  if (typeof value !== "string" || value === "") throw new Invalid(argument, "text that is not empty", kind(value));
  try {
    encodeURIComponent(value);
  } catch {
    throw new Invalid(argument, "text that a URL can hold", "text with half of a surrogate pair");
  }
}
