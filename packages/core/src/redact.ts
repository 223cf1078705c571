/** Removes credentials from everything that is shown: texts, errors and recorded calls. */

/** The text that replaces a credential. */
export const mask = "[redacted]";

/** A shorter value is a placeholder in a test, and hiding it would hide ordinary words. */
const shortestSecret = 8;

/** A variable without a value becomes this text. It is no secret, and a report must name it. */
const notSet = "undefined";

/** A shorter text is no UserSig. */
const shortestUserSig = 32;

/** The query of a URL, also of one within another. It ends at a blank, and a bracket or apostrophe can be part of a UserSig that was cut off. */
const queries = /(?:\?|%3F)[^\s"`>]*/gi;

/**
 * Returns the pattern of a secret as a page, a header or a JSON text can repeat it: with characters encoded for a URL, also twice, or escaped for HTML
 * or JSON. A text that only begins like the secret is one that was cut off.
 */
function anySpelling(secret: string): RegExp {
  const letters = Array.from(secret, (letter) => {
    if (/[a-z\d]/i.test(letter)) return letter;
    const hex = letter.charCodeAt(0).toString(16).padStart(4, "0");
    return `(?:\\\\{0,3}\\u${hex}|%(?:25){0,3}${hex.slice(2)}|\\\\{1,3}u${hex}|&#?\\w{1,8};)`;
  });
  const begin = letters.slice(0, shortestPart).join("");
  return new RegExp(`${begin}(?:${letters.slice(shortestPart).join("")}|[^\\s"'<>&]*)`, "gi");
}

/** Characters of a secret that are known to be its beginning. */
const shortestPart = 10;

/** The beginning of a UserSig: zlib's first bytes in base64, and at least as long as the shortest real one. */
const userSigBegins = /e[AJFN][A-Za-z0-9*_-]{60}/g;
const userSigEnds = /[^A-Za-z0-9*_-]/g;

/** Replaces everything that looks like a UserSig. One pattern for all of it would overflow the stack with a text of megabytes. */
function hideUserSigs(text: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { index } of text.matchAll(userSigBegins)) {
    if (index < end) continue;
    parts.push(text.slice(end, index));
    userSigEnds.lastIndex = index;
    end = userSigEnds.exec(text)?.index ?? text.length;
  }
  return end === 0 ? text : [...parts, text.slice(end)].join(mask);
}

/** Characters of a secret by which a part of it is recognised. */
const recognised = 12;

/** Returns whether a part of a secret is left in a text, also with blanks or tags between its characters, as where a page breaks long words. */
function hasPart(text: string, secret: string): boolean {
  const letters = plain(secret);
  const found = `${plain(text)} ${plain(text.replaceAll(/<[^<>]*>|&#?\w+;/g, ""))}`;
  for (let at = 0; at + recognised <= letters.length; at += recognised)
    if (found.includes(letters.slice(at, at + recognised))) return true;
  return false;
}

/** Returns the characters of a text that a key or UserSig has, in lower case. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\w*-]/g, "");
}

/** Removes credentials from a text. */
export type Redact = (text: string) => string;

/** Returns the text without these secrets: verbatim, in a URL and in JSON. Longer ones are replaced first, because one can contain another. */
export function hide(text: string, secrets: readonly string[]): string {
  return spellings(secrets).reduce((clean, spelling) => clean.replaceAll(spelling, mask), text);
}

/** Creates the function that replaces these secrets, and everything that looks like a UserSig. */
export function redaction(secrets: readonly string[]): Redact {
  const forms = spellings(secrets);
  return (text) => hideUserSigs(forms.reduce((clean, spelling) => clean.replaceAll(spelling, mask), text));
}

/** A secret that has the same spelling everywhere, as a real UserSig has. */
const sameEverywhere = /^[\w*-]+$/;

function spellings(secrets: readonly string[]): readonly string[] {
  const forms: string[] = [];
  // Each call of the emulator comes here, nearly always with one UserSig.
  for (const secret of secrets) {
    if (secret.length < shortestSecret || secret === notSet) continue;
    forms.push(secret);
    if (!sameEverywhere.test(secret)) forms.push(encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1));
  }
  return forms.length > 1 ? forms.toSorted((one, other) => other.length - one.length) : forms;
}

/** Removes credentials from everything that comes from outside: the service's texts, and what `fetch` throws. */
export interface Redactor {
  /**
   * The text of a response without the UserSig that its request had, and otherwise unchanged: its other texts are the user's own. A short text is no UserSig,
   * but a placeholder of a test, and can be a word of the response.
   */
  response(value: string, userSig: string): string;
  /**
   * The text without credentials, in any spelling, also where one is cut off, and without the query of a URL that has some. Nothing of the text is left where
   * it has another part of one.
   */
  text(value: string): string;
  /** The same value where it is known to be clean, otherwise a copy of its texts without credentials. */
  error(value: unknown): unknown;
}

/**
 * Creates the redactor that outside text passes through before it reaches an error.
 *
 * @param signature Name of the query parameter that carries the UserSig.
 * @param names Names of all query parameters that carry credentials.
 * @param secretsNow The key and the UserSigs that are in use at the time.
 */
export function createRedactor(
  signature: string,
  names: readonly string[],
  secretsNow: () => readonly string[],
): Redactor {
  const credential = new RegExp(`(?:${names.join("|")})(?:=|%3D)`, "i");
  const parameter = new RegExp(`(${signature}(?:=|%3D))[^&#\\s"\`>]+`, "gi");
  const patterns = new Map<string, RegExp>();
  const patternOf = (secret: string): RegExp => {
    const pattern = patterns.get(secret) ?? anySpelling(secret);
    // A provider gives any number of UserSigs.
    if (patterns.size > 16) patterns.clear();
    patterns.set(secret, pattern);
    return pattern;
  };
  const text = (value: string): string => {
    const secrets = secretsNow();
    const cleaned = secrets
      .filter(({ length }) => length >= shortestSecret)
      .reduce((clean, secret) => clean.replace(patternOf(secret), mask), hide(value, secrets))
      .replace(queries, (found) =>
        // A sentence goes on after a URL in parentheses.
        credential.test(found) ? `?${mask}${/[).,:;]{0,3}$/.exec(found)![0]}` : found,
      )
      .replace(parameter, `$1${mask}`);
    return secrets.some((secret) => hasPart(cleaned, secret)) ? mask : cleaned;
  };

  return {
    response: (value, userSig) => (userSig.length < shortestUserSig ? value : hide(value, [userSig])),
    text,
    error: (value) => (isClean(value, text, new Set()) ? value : cleanCopy(value, text, 0)),
  };
}

/**
 * Checks everything that printing the value could show. An object of an unknown class, such as a `Request`, is
 * not clean, because its getters may lead to the URL.
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

/** Removes credentials from the parts of one call. */
export interface Clean {
  text(text: string): string;
  query(query: Readonly<Record<string, string | readonly string[]>>): Record<string, string | readonly string[]>;
  /** A parsed body; `json` is the text that it was parsed from. */
  body(value: unknown, json: string): unknown;
}

/** Removes a credential from calls that are recorded. */
export interface CallRedaction {
  /** The values of the parameter, in any spelling of its name. */
  signatures(query: Readonly<Record<string, string | readonly string[]>>): string[];
  /** Creates the functions that clean the parts of one call which was signed with these. */
  cleaner(secrets: readonly string[]): Clean;
}

/**
 * Creates the functions that remove a credential from calls.
 *
 * @param signature Name of the query parameter of the credential that is a signature; the others are names.
 */
export function callRedaction(signature: string): CallRedaction {
  const asField = new RegExp(`"${signature}"`, "i");
  const isSignature = (name: string): boolean => name.length === signature.length && name.toLowerCase() === signature;

  const deep = (value: unknown, text: (dirty: string) => string): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map((item) => deep(item, text));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [text(name), isSignature(name) ? mask : deep(field, text)]),
    );
  };

  return {
    signatures: (query) => Object.entries(query).flatMap(([name, value]) => (isSignature(name) ? value : [])),
    cleaner(secrets) {
      const text = redaction(secrets);
      const parameter = (name: string, value: string): string => (isSignature(name) ? mask : text(value));
      return {
        text,
        query: (query) =>
          Object.fromEntries(
            Object.entries(query).map(([name, value]) => [
              text(name),
              typeof value === "string" ? parameter(name, value) : value.map((one) => parameter(name, one)),
            ]),
          ),
        // A text without escapes and without a UserSig has no value with one.
        body: (value, json) =>
          json.includes("\\") || asField.test(json) || text(json) !== json ? deep(value, text) : value,
      };
    },
  };
}
