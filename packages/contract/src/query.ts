import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { gateCode, operations, type QueryValue } from "./description.ts";
import { validator } from "./explain.ts";
import type { Problem } from "./record/exchange.ts";
import { wording } from "./wording.ts";

/** Checks the credentials, then the parameters. Names are case-sensitive, and each may be given once. */
export function checkQuery(expected: readonly QueryValue[], query: URLSearchParams): Problem[] {
  return expected.flatMap((value) => checkValue(value, query.getAll(value.name)) ?? []);
}

/** The values given for credentials. */
export function credentials(query: URLSearchParams): string[] {
  return secretNames.flatMap((name) => query.getAll(name));
}

const secretNames: readonly string[] = [
  ...new Set(operations.flatMap(({ query }) => query.filter(({ secret }) => secret).map(({ name }) => name))),
];

/** A query in which a repeated name has a list of values. */
export function multimap(query: URLSearchParams): Record<string, string | string[]> {
  const map: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of query) {
    const before = map[name];
    map[name] = before === undefined ? value : [before, value].flat();
  }
  return { ...map };
}

function checkValue(value: QueryValue, given: readonly string[]): Problem | undefined {
  const { name, required, errorCodes, secret } = value;
  if (given.length === 0 && !required) return undefined;
  const place = { in: "query", pointer: `/${name}` } as const;
  if (given.length > 1) {
    const text = `The query parameter ${name} must be given once, but is given ${given.length} times`;
    return { ...place, rule: "once", code: gateCode("query"), text };
  }
  const [error] = validate(value, given);
  if (!error) return undefined;
  return {
    ...place,
    rule: error.keyword,
    code: errorCodes[error.keyword] ?? gateCode("query"),
    text: `The query parameter ${name} ${wording(error, !secret || given.length === 0)}`,
  };
}

/** A query string is text, so "99999999" has to count as an integer. */
const ajv = validator({ coerceTypes: true });
const validators = new WeakMap<QueryValue, ValidateFunction>();

function validate(value: QueryValue, [given]: readonly string[]): readonly ErrorObject[] {
  const { name, schema } = value;
  const check =
    validators.get(value) ?? ajv.compile({ type: "object", required: [name], properties: { [name]: schema } });
  validators.set(value, check);
  check(given === undefined ? {} : { [name]: given });
  return check.errors ?? [];
}
