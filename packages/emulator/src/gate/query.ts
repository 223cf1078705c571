import { gateErrors } from "../generated/gate.ts";
import type { ErrorName } from "../generated/errors.ts";
import { queryValues, type QueryName } from "../generated/query.ts";
import {
  query_contenttype,
  query_identifier,
  query_random,
  query_sdkappid,
  query_usersig,
  type Validate,
} from "../generated/validators.js";
import type { Refusal } from "../refusal.ts";
import { wording } from "./wording.ts";

/** Values of each name in a query, decoded. */
export type Query = ReadonlyMap<string, readonly string[]>;

/** What is known about a value of the query beside its schema. */
interface QueryValue {
  readonly required: boolean;
  /** A credential, which no answer may show. */
  readonly secret: boolean;
  /** Error that a broken keyword answers. */
  readonly errors: Readonly<Partial<Record<string, ErrorName>>>;
}

const validators: Readonly<Record<QueryName, Validate>> = {
  sdkappid: query_sdkappid,
  identifier: query_identifier,
  usersig: query_usersig,
  random: query_random,
  contenttype: query_contenttype,
};

const checks = Object.entries(queryValues).map(([name, value]): readonly [name: QueryName, value: QueryValue] => [
  name as QueryName,
  value,
]);

/** Takes a query apart, without its `?`. Text that is no percent-encoding is taken as it is. */
export function parseQuery(text: string): Query {
  const values = new Map<string, string[]>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : decode(pair.slice(equals + 1));
    const others = values.get(name);
    if (others) others.push(value);
    else values.set(name, [value]);
  }
  return values;
}

/** Checks the credentials, then the parameters. Names are case-sensitive, and each may be given once. */
export function checkQuery(query: Query): Refusal | undefined {
  for (const [name, value] of checks) {
    const refusal = checkValue(name, value, query.get(name) ?? []);
    if (refusal) return refusal;
  }
  return undefined;
}

function checkValue(name: QueryName, value: QueryValue, given: readonly string[]): Refusal | undefined {
  if (given.length === 0 && !value.required) return undefined;
  const place = `The query parameter ${name}`;
  if (given.length > 1) {
    const why = `${place} must be given once, but is given ${given.length} times`;
    return { rule: "gate.query", error: gateErrors.query, why };
  }
  const validate = validators[name];
  const [text] = given;
  if (validate(text === undefined ? {} : { [name]: text })) return undefined;
  const [problem] = validate.errors ?? [];
  if (!problem) return undefined;
  return {
    rule: "gate.query",
    error: value.errors[problem.keyword] ?? gateErrors.query,
    why: `${place} ${wording(problem, text, !value.secret || text === undefined)}`,
  };
}

function decode(text: string): string {
  if (!text.includes("%") && !text.includes("+")) return text;
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return new URLSearchParams(`x=${spaced.replaceAll("&", "%26")}`).get("x") ?? "";
  }
}
