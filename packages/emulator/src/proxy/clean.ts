/** Removes credentials from everything that the proxy keeps or shows. */
import { createRedactor, mask, redaction } from "@contact-groups/core/redact";
import { credentials, query as parameters, type QueryParameter } from "@contact-groups/openapi/model";
import { longestShown, type Query } from "../request.ts";

/** Removes the credentials of one call. */
export interface Cleaner {
  /** Returns a text without credentials, in any spelling, and without the queries of URLs that have some. */
  text(value: string): string;
  /** Returns path and query without credentials. */
  url(target: string): string;
  /** Returns a copy of a JSON value whose texts have none; the same value when it has none. */
  json(value: unknown): unknown;
  /**
   * Returns a body without credentials: JSON stays JSON, and a body without any stays as it is. Of a body that is longer than any of a call,
   * and of one that cannot be cleaned, nothing is kept.
   */
  body(text: string): string;
}

/** Characters of a body that is kept. A thousand conversations are fewer; to clean more would hold up other calls. */
export const longestBody: number = 1024 * 1024;

/** What stands for a body of which nothing is kept. */
export const omittedBody = "[omitted: too long]";

const signature: QueryParameter = "usersig";
const known: ReadonlySet<string> = new Set(parameters.map(({ name }) => name));

/** Four times as long as a UserSig. A pattern for more would take long to build. */
const longestSecret = 1024;

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
  // The beginning of a longer one leads to the rest of it.
  const beginnings = secrets.map((secret) => secret.slice(0, longestSecret));
  const redactor = createRedactor(signature, credentials, () => beginnings);
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
      if (value.length > longestBody) return omittedBody;
      try {
        if (isClean(value)) return value;
        const parsed = parse(value);
        return parsed ? JSON.stringify(json(parsed.value)) : text(value);
      } catch {
        // JSON can be nested too deeply, and the text of a page too much for a pattern.
        return omittedBody;
      }
    },
  };
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
