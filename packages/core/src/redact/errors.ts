import { hide, mask } from "./texts.ts";

/** Takes credentials out of whatever comes from outside: the service's texts, and what `fetch` throws. */
export interface Redactor {
  /** An answer's text without the UserSig that it was sent, and otherwise unchanged: its other texts are the user's own. */
  answer(value: string, userSig: string): string;
  /** The text without credentials. */
  text(value: string): string;
  /** The same value where it is known to be clean, otherwise a copy of its texts without credentials. */
  error(value: unknown): unknown;
}

/**
 * Makes the one function through which outside text passes before it reaches an error.
 *
 * @param signature Name of the query parameter that carries the UserSig.
 * @param secretsNow The key and the UserSigs that are in use at the time.
 */
export function createRedactor(signature: string, secretsNow: () => readonly string[]): Redactor {
  // An unquoted URL ends at a blank, and a bracket or apostrophe can be part of a UserSig that was cut off.
  const parameter = new RegExp(`(\\b${signature}=)[^&#\\s"\`>]+`, "gi");
  const text = (value: string): string => hide(value, secretsNow()).replace(parameter, `$1${mask}`);

  return {
    answer: (value, userSig) => hide(value, [userSig]),
    text,
    error: (value) => (isClean(value, text, new Set()) ? value : cleanCopy(value, text, 0)),
  };
}

/**
 * Looks at everything that printing the value could show. An object of a class we don't know, such as a `Request`, counts as
 * unclean, because its getters may lead to the URL.
 */
function isClean(value: unknown, text: (value: string) => string, seen: Set<object>): boolean {
  if (typeof value === "string") return text(value) === value;
  if (typeof value === "function") return false;
  if (typeof value !== "object" || value === null || seen.has(value)) return true;
  seen.add(value);

  if (value instanceof Error) {
    if (![value.name, value.message, value.stack].every((part) => isClean(part, text, seen))) return false;
  } else if (!Array.isArray(value) && ![Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    return false;
  }
  return Reflect.ownKeys(value).every((key) => {
    if (text(String(key)) !== String(key)) return false;
    if (key === "stack") return true;
    const property = Object.getOwnPropertyDescriptor(value, key);
    return property !== undefined && "value" in property && isClean(property.value, text, seen);
  });
}

function cleanCopy(value: unknown, text: (value: string) => string, depth: number): unknown {
  if (typeof value === "string") return text(value);
  if (!(value instanceof Error)) return new Error("fetch threw a value that is not an error");

  const copy = new Error(text(String(value.message)));
  copy.name = text(String(value.name));
  if (typeof value.stack === "string") copy.stack = text(value.stack);
  if ("code" in value && typeof value.code === "string") Object.assign(copy, { code: text(value.code) });
  if (value.cause !== undefined && depth < 8) copy.cause = cleanCopy(value.cause, text, depth + 1);
  return copy;
}
