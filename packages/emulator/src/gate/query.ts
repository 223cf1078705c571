import { check, wording } from "@contact-groups/core/check";
import { type Field, requestChecks, query as parameters } from "@contact-groups/openapi/model";
import { nameOfCode } from "../errors.ts";
import type { Refusal } from "../refusal.ts";

/** Values of each name in a query, decoded. */
export type Query = ReadonlyMap<string, readonly string[]>;

/** A parameter of the query, and whether it is a credential, which no response may show. */
interface Parameter {
  readonly name: string;
  readonly credential: boolean;
  readonly required: boolean;
  readonly field: Field;
}

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
  for (const parameter of parameters) {
    const refusal = checkParameter(parameter, query.get(parameter.name) ?? []);
    if (refusal) return refusal;
  }
  return undefined;
}

function checkParameter(
  { name, credential, required, field }: Parameter,
  given: readonly string[],
): Refusal | undefined {
  const [text, ...others] = given;
  if (text === undefined && !required) return undefined;
  const place = `The query parameter ${name}`;
  if (others.length > 0) {
    const why = `${place} must be given once, but is given ${given.length} times`;
    return { rule: "gate.query", error: requestChecks.query.name, why };
  }
  const issue =
    text === undefined
      ? { rule: "required" as const, field, code: field.errors?.["required"] }
      : check(field, fromText(field, text))[0];
  if (!issue) return undefined;
  const [expected, found] = wording(issue, text);
  const why = credential && text !== undefined ? `${place} ${expected}` : `${place} ${expected}, but ${found}`;
  return { rule: "gate.query", error: nameOfCode(issue.code) ?? requestChecks.query.name, why };
}

/** The value that a text of a URL stands for: a number where one is meant and the text is one. */
export function fromText({ type }: Field, text: string): string | number {
  const number = Number(text);
  const isMeant = type === "number" || (type === "integer" && number % 1 === 0);
  return isMeant && text !== "" && !Number.isNaN(number) ? number : text;
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
