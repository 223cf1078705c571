/**
 * The class of the error that a function of the core throws for an invalid argument. The caller gives it, so that users of the client catch the
 * client's own class. Its message shows the kind of the value, never a text: it may be a credential in the wrong place.
 */
export type InvalidArgument = new (argument: string, expected: string, found: string) => Error;

/** The error class of callers without one of their own. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
  /** Name of the option or argument. */
  readonly argument: string;

  constructor(argument: string, expected: string, found: string) {
    super(argumentMessage(argument, expected, found));
    this.argument = argument;
  }
}

/** Returns the message for an invalid argument, such as `sdkAppId must be a positive integer, but is NaN`. */
export function argumentMessage(argument: string, expected: string, found: string): string {
  return `${argument} must be ${expected}, but is ${found}`;
}

/** Returns the kind of a value, and the value only of a number. */
export function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value === "") return "an empty string";
  if (typeof value === "number") return String(value);
  return (
    { string: "a string", object: "an object", function: "a function" }[String(typeof value)] ?? `a ${typeof value}`
  );
}

/** What a credential often has by mistake, in the order in which it is looked for. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN/, "a PEM header"],
  [/[\r\n]/, "a line end (trim the text of a file)"],
  [/\s/, "white space"],
  [/["'`]/, "quotes"],
  [/[^!-~]/, "a character beyond ASCII"],
];

/**
 * Returns what a secret key or a UserSig must be, and what is wrong with this one, without showing it; undefined if nothing is. The service would
 * respond with a code that names another cause.
 */
export function credentialMistake(value: unknown): readonly [expected: string, found: string] | undefined {
  if (typeof value !== "string" || value === "") return ["a non-empty string", kind(value)];
  const found = mistakes.find(([pattern]) => pattern.test(value))?.[1];
  return found === undefined
    ? undefined
    : ["a string without white space, quotes and headers", `a string with ${found}`];
}

/** Throws unless the value can be a secret key or a UserSig. */
export function checkCredential(argument: string, value: unknown, Invalid: InvalidArgument): void {
  const mistake = credentialMistake(value);
  if (mistake) throw new Invalid(argument, ...mistake);
}

/** Throws unless the value is a non-empty string that a URL can hold. */
export function checkText(argument: string, value: unknown, Invalid: InvalidArgument): void {
  if (typeof value !== "string" || value === "") throw new Invalid(argument, "a non-empty string", kind(value));
  try {
    encodeURIComponent(value);
  } catch {
    throw new Invalid(argument, "a string that a URL can hold", "a string with half of a surrogate pair");
  }
}
