import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { gateCode, operations, type QueryValue } from "./description.ts";
import type { Refusal } from "./envelope.ts";
import { validator } from "./explain.ts";
import { wording } from "./wording.ts";

/** Checks the credentials, then the parameters. Names are case-sensitive, and each may be given once. */
export function checkQuery(expected: readonly QueryValue[], query: URLSearchParams): Refusal | undefined {
  for (const value of expected) {
    const refusal = checkValue(value, query.getAll(value.name));
    if (refusal) return refusal;
  }
  return undefined;
}

/** The values given for credentials. */
export function credentials(query: URLSearchParams): string[] {
  const names = operations.flatMap((operation) =>
    operation.query.filter(({ secret }) => secret).map(({ name }) => name),
  );
  return [...new Set(names)].flatMap((name) => query.getAll(name));
}

/** A query in which a repeated name has a list of values. */
export function multimap(query: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => [name, query.getAll(name).length === 1 ? (query.getAll(name)[0] ?? "") : query.getAll(name)]),
  );
}

function checkValue(value: QueryValue, given: readonly string[]): Refusal | undefined {
  const { name, required, errorCodes, secret } = value;
  if (given.length === 0 && !required) return undefined;
  const place = `The query parameter ${name}`;
  if (given.length > 1)
    return { code: gateCode("query"), info: `${place} must be given once, but is given ${given.length} times` };
  const [error] = validate(value, given);
  if (!error) return undefined;
  return {
    code: errorCodes[error.keyword] ?? gateCode("query"),
    info: `${place} ${wording(error, !secret || given.length === 0)}`,
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
