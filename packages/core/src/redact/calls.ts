import { mask, redaction } from "./texts.ts";

/** Takes credentials out of the parts of one call. */
export interface Clean {
  text(text: string): string;
  query(query: Readonly<Record<string, string | readonly string[]>>): Record<string, string | readonly string[]>;
  /** A parsed body; `json` is the text that it was parsed from. */
  body(value: unknown, json: string): unknown;
}

/** Takes a credential out of calls that are recorded. */
export interface CallRedaction {
  /** The values of the parameter, in any spelling of its name. */
  signatures(query: Readonly<Record<string, string | readonly string[]>>): string[];
  /** Creates the functions that clean the parts of one call which was signed with these. */
  cleaner(secrets: readonly string[]): Clean;
}

/**
 * Creates what takes a credential out of calls.
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
