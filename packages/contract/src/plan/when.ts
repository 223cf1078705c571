/** Which requests a plan is for. */
import { isObject } from "@contact-groups/core/json";
import { show } from "@contact-groups/core/check";
import { didYouMean } from "@contact-groups/core/did-you-mean";
import { type Field, queryFields } from "@contact-groups/openapi/model";
import type { ApiOperation } from "../operations.ts";
import { InstructionError } from "./plan.ts";

/** A request as the function of `when` gets it. */
export interface MatchedRequest {
  /** The query as it was sent; a name that was given several times has a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The parsed body; undefined when it is not JSON. */
  readonly body: unknown;
}

/**
 * The part of a request that a plan requires. An object matches when each member that is listed matches, so others can be left out. A list
 * matches item by item, with the same length. Everything else must be equal.
 */
export interface RequestPattern {
  /** Fields of the body: `{ From_Account: "user_0001" }`. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Parameters of the query, compared as text: `{ identifier: "administrator" }`. */
  readonly query?: Readonly<Record<string, string | number>>;
}

/** Which requests a plan is for: a part of the request, or a function that returns whether it is. */
export type When = RequestPattern | ((request: MatchedRequest) => boolean);

const parts = ["body", "query"] as const;

/** Checks `when`, and returns the function that decides. Throws an `InstructionError` for a name that no request of the operation has. */
export function matcherOf(operation: ApiOperation, when: When | undefined): (request: MatchedRequest) => boolean {
  if (when === undefined) return () => true;
  if (typeof when === "function") return when;
  checkPattern(operation, when);
  const { body = {}, query = {} } = structuredClone(when);
  const texts = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return (request) => matches(body, request.body) && matches(texts, request.query);
}

function checkPattern({ operationId, request }: ApiOperation, when: RequestPattern): void {
  if (!isObject(when))
    throw new InstructionError(
      "/when",
      `when must be an object such as { body: { … } }, or a function, but is ${show(when)}.`,
    );
  const requireKnown = (pointer: string, name: string, known: readonly string[], owner: string): void => {
    if (known.includes(name)) return;
    const meant = didYouMean(name, known);
    const hint =
      meant === undefined
        ? known.length === 0
          ? "It has no names."
          : `The names are ${known.join(", ")}.`
        : `Did you mean ${meant}?`;
    throw new InstructionError(`${pointer}/${name}`, `${owner} has no ${JSON.stringify(name)}. ${hint}`);
  };
  /** Checks the names of a pattern at all depths. */
  const checkNames = (pointer: string, pattern: unknown, fields: readonly Field[]): void => {
    if (Array.isArray(pattern)) {
      const items = fields.flatMap((field) => (field.type === "array" ? [field.items] : []));
      for (const [index, item] of pattern.entries()) checkNames(`${pointer}/${index}`, item, items);
    } else if (isObject(pattern)) {
      const objects = fields.flatMap((field) =>
        field.type === "union" ? field.alternatives : field.type === "object" ? [field] : [],
      );
      const known = [...new Set(objects.flatMap((object) => Object.keys(object.fields)))];
      for (const [name, value] of Object.entries(pattern)) {
        requireKnown(pointer, name, known, `${pointer.replace(/^\/when/, "")} of a request of ${operationId}`);
        checkNames(
          `${pointer}/${name}`,
          value,
          objects.flatMap((object) => object.fields[name] ?? []),
        );
      }
    }
  };

  for (const [name, value] of Object.entries(when)) {
    requireKnown("/when", name, parts, "when");
    if (value !== undefined && !isObject(value))
      throw new InstructionError(`/when/${name}`, `${name} must be an object, but is ${show(value)}.`);
  }
  checkNames("/when/body", when.body, [request]);
  const parameters = queryFields.map((parameter) => parameter.name);
  for (const [name, value] of Object.entries(when.query ?? {})) {
    requireKnown("/when/query", name, parameters, "The query");
    if (typeof value !== "string" && typeof value !== "number")
      throw new InstructionError(`/when/query/${name}`, `${name} must be a string or a number, but is ${show(value)}.`);
  }
}

/** Whether a value has everything that a pattern lists. */
export function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern))
    return (
      Array.isArray(value) &&
      value.length === pattern.length &&
      pattern.every((item, index) => matches(item, value[index]))
    );
  if (!isObject(pattern)) return pattern === value;
  return (
    isObject(value) &&
    Object.entries(pattern).every(([name, item]) => Object.hasOwn(value, name) && matches(item, value[name]))
  );
}
