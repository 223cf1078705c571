import { check, wording } from "@contact-groups/core/check";
import {
  credentials as credentialNames,
  type Field,
  type QueryField,
  queryFields,
} from "@contact-groups/openapi/model";
import { gateCode } from "./operations.ts";
import type { Problem } from "./record/exchange.ts";

/** Checks the credentials, then the parameters. Names are case-sensitive, and each may be given once. */
export function checkQuery(query: URLSearchParams): Problem[] {
  return queryFields.flatMap((expected) => checkValue(expected, query.getAll(expected.name)) ?? []);
}

/** The values given for credentials. */
export function credentials(query: URLSearchParams): string[] {
  return credentialNames.flatMap((name) => query.getAll(name));
}

/** A query in which a repeated name has a list of values. */
export function multimap(query: URLSearchParams): Record<string, string | string[]> {
  const map: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of query) {
    const before = map[name];
    map[name] = before === undefined ? value : [before, value].flat();
  }
  return { ...map };
}

function checkValue({ name, required, credential, field }: QueryField, given: readonly string[]): Problem | undefined {
  const [first] = given;
  const place = { in: "query", pointer: `/${name}` } as const;
  if (first === undefined) {
    if (!required) return undefined;
    const code = field.errors?.["required"] ?? gateCode("query");
    return { ...place, rule: "required", code, text: `The query parameter ${name} is required, but is missing` };
  }
  if (given.length > 1) {
    const text = `The query parameter ${name} must be given once, but is given ${given.length} times`;
    return { ...place, rule: "once", code: gateCode("query"), text };
  }
  const [issue] = check(field, read(field, first));
  if (!issue) return undefined;
  const [expected, found] = wording(issue, issue.value);
  return {
    ...place,
    rule: issue.rule,
    code: issue.code ?? gateCode("query"),
    // The value of a credential is never repeated.
    text: `The query parameter ${name} ${credential ? expected : `${expected}, but ${found}`}`,
  };
}

/** A query string is text, so "99999999" has to count as an integer, as it does for Prism. */
function read({ type }: Field, text: string): unknown {
  if ((type !== "integer" && type !== "number") || text === "") return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
