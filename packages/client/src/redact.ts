/** Takes one UserSig out of whatever comes from outside: the service's texts, and what `fetch` throws. */
export interface Redactor {
  /** The text without the UserSig. */
  text(value: string): string;
  /** The same value where it is known to be clean, otherwise a copy of its texts without the UserSig. */
  error(value: unknown): unknown;
}

const mask = "[redacted]";
/** A shorter UserSig is a placeholder in a test, and hiding it would blot out ordinary words. */
const shortestSecret = 8;

/** Makes the one function through which outside text passes before it reaches an error. */
export function createRedactor(userSig: string): Redactor {
  const secrets = userSig.length < shortestSecret ? [] : [...new Set([userSig, encodeURIComponent(userSig)])];
  const text = (value: string): string =>
    secrets
      .reduce((rest, secret) => rest.replaceAll(secret, mask), value)
      .replace(/(\busersig=)[^&#\s"'`)>]+/gi, `$1${mask}`);

  return { text, error: (value) => (isClean(value, text, new Set()) ? value : cleanCopy(value, text, 0)) };
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
