/** Removes credentials from everything that the proxy keeps or shows. */
import { createRedactor, mask, redaction } from "@contact-groups/core/redact";
import { credentials, query as parameters, type QueryParameter } from "@contact-groups/openapi/model";
import type { Query } from "../request.ts";

/** Removes the credentials of one call. */
export interface Cleaner {
  /** Returns a text without credentials, in any spelling, and without the queries of URLs that have some. */
  text(value: string): string;
  /** Returns path and query without credentials. */
  url(target: string): string;
  /** Returns a copy of a JSON value whose texts have none; the same value when it has none. */
  json(value: unknown): unknown;
  /** Returns a body without credentials: JSON stays JSON, and a body without any stays as it is. */
  body(text: string): string;
}

const signature: QueryParameter = "usersig";
const known: ReadonlySet<string> = new Set(parameters.map(({ name }) => name));
/** Of the known parameters, only the UserSig is longer than this. */
const longestShown = 64;

/** Returns each value of a query that can be a credential: a UserSig under any spelling of its name, and long values of unknown names. */
function secretsOf(query: Query): readonly string[] {
  return [...query].flatMap(([name, values]) => {
    if (name.toLowerCase() === signature) return values;
    const texts = known.has(name) ? values : [name, ...values];
    return texts.filter(({ length }) => length > longestShown);
  });
}

/** Creates the functions that clean what belongs to a call with this query. */
export function createCleaner(query: Query): Cleaner {
  const secrets = secretsOf(query).filter((secret) => secret !== "");
  const redactor = createRedactor(signature, credentials, () => secrets);
  const general = redaction(secrets);
  const text = (value: string): string => general(redactor.text(value));
  const json = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [text(name), name.toLowerCase() === signature ? mask : json(inner)]),
    );
  };
  /** Whether a text has neither escapes nor anything to hide, so that none of its values has. */
  const isClean = (value: string): boolean =>
    !value.includes("\\") && !value.toLowerCase().includes(signature) && text(value) === value;

  return {
    text,
    url: (target) => {
      const url = general(target);
      // A path can hold what no parameter may.
      return redactor.text(url.split("?", 1)[0] ?? "") === url.split("?", 1)[0] ? url : mask;
    },
    json,
    body(value) {
      if (isClean(value)) return value;
      try {
        return JSON.stringify(json(JSON.parse(value)));
      } catch {
        return text(value);
      }
    },
  };
}
