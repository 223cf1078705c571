import { hide, mask } from "@contact-groups/core/redact";
import { query as parameters, type QueryParameter } from "@contact-groups/openapi/model";
import type { Query } from "../gate/query.ts";

/** Of the known parameters only the UserSig is longer than this. */
const longestShown = 64;
/** The one value of the query by which a call could be repeated. */
const secretName: QueryParameter = "usersig";

const known: ReadonlySet<string> = new Set(parameters.map(({ name }) => name));

/** What no text may show: each value given as a UserSig. */
export function secretsOf(query: Query): readonly string[] {
  return query.get(secretName) ?? [];
}

/** Path and query for the journal: known parameters as they are, the UserSig and everything unknown masked. */
export function redactedUrl(path: string, query: Query): string {
  const pairs: string[] = [];
  for (const [name, values] of query) {
    const isKnown = known.has(name) && name !== secretName;
    for (const value of values) {
      const shown = isKnown && value.length <= longestShown ? encodeURIComponent(value) : mask;
      pairs.push(`${known.has(name) ? name : mask}=${shown}`);
    }
  }
  // A UserSig in the wrong place is a long run of its alphabet.
  const cleanPath = hide(path.slice(0, 256), secretsOf(query)).replaceAll(/[A-Za-z0-9*_%-]{40,}/g, mask);
  return pairs.length === 0 ? cleanPath : `${cleanPath}?${pairs.join("&")}`;
}
