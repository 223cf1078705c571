/** Takes a UserSig out of what is recorded. */
import { redaction } from "../redact.ts";

export const mask = "[redacted]";

/**
 * The security scheme of the credential that is a signature; the two others are names. The description marks none of the three as the
 * more secret one.
 */
export const signatureName = "usersig";

/** The values of the parameter, in any spelling of its name. */
export function signatures(query: Readonly<Record<string, string | readonly string[]>>): string[] {
  return Object.entries(query).flatMap(([name, value]) => (isSignature(name) ? value : []));
}

export interface Clean {
  text(text: string): string;
  query(query: Readonly<Record<string, string | readonly string[]>>): Record<string, string | readonly string[]>;
  /** A parsed body; `json` is the text that it was parsed from. */
  body(value: unknown, json: string): unknown;
}

/** Makes the functions that clean the parts of one request which was signed with these. */
export function cleaner(secrets: readonly string[]): Clean {
  const text = redaction(secrets);
  return {
    text,
    query: (query) =>
      Object.fromEntries(
        Object.entries(query).map(([name, value]) => [
          text(name),
          typeof value === "string" ? parameter(name, value, text) : value.map((one) => parameter(name, one, text)),
        ]),
      ),
    // A text without escapes and without a UserSig has no value with one.
    body: (value, json) => (json.includes("\\") || suspicious(json) || text(json) !== json ? deep(value, text) : value),
  };
}

function parameter(name: string, value: string, text: (dirty: string) => string): string {
  return isSignature(name) ? mask : text(value);
}

function isSignature(name: string): boolean {
  return name.length === signatureName.length && name.toLowerCase() === signatureName;
}

function suspicious(json: string): boolean {
  return new RegExp(`"${signatureName}"`, "i").test(json);
}

function deep(value: unknown, text: (dirty: string) => string): unknown {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map((item) => deep(item, text));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [text(name), isSignature(name) ? mask : deep(field, text)]),
  );
}
