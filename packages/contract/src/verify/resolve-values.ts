/** Fills in what a scenario's file takes from the description: limits, codes, long texts, long lists. */
import { type Field, limits, queryFields } from "@contact-groups/openapi/model";
import { operations } from "../operations.ts";
import { codeOf, gateChecks } from "./facts.ts";

/** Where a value stands inside something that is repeated. */
export interface Place {
  /** Which repetition of the step, from 0; undefined in a step that is not repeated. */
  readonly index?: number;
}

interface TextPattern {
  readonly of: string;
  readonly bytes?: unknown;
  readonly characters?: unknown;
}

interface ListPattern {
  readonly count: unknown;
  readonly item: unknown;
}

type Fill = (operand: never, place: Place, whole: Readonly<Record<string, unknown>>) => unknown;

const operators: Readonly<Record<string, Fill>> = {
  $limit: (name: string, place, { plus = 0 }) => limitOf(name) + toNumber(plus, place),
  $error: (name: string) => codeOf(name),
  $index: (plus: unknown, place) => (place.index ?? 0) + toNumber(plus, place),
  $quotient: ([dividend, divisor]: readonly unknown[], place) =>
    Math.floor(toNumber(dividend, place) / toNumber(divisor, place)),
  $string: (value: unknown, place) => String(fillIn(value, place)),
  $text: (pattern: TextPattern, place) => textOf(pattern, place),
  $list: ({ count, item }: ListPattern, place) => {
    const length = toNumber(count, place);
    // Inside a repeated step the list goes on where that of the step before ended.
    const first = (place.index ?? 0) * length;
    return Array.from({ length }, (_, index) => fillIn(item, { index: first + index }));
  },
};

/** Replaces every operator above, and `{index}` in texts. Throws a `RangeError` for an unknown name. */
export function fillIn(value: unknown, place: Place): unknown {
  if (typeof value === "string")
    return place.index === undefined ? value : value.replaceAll("{index}", String(place.index));
  if (Array.isArray(value)) return value.map((item) => fillIn(item, place));
  if (typeof value !== "object" || value === null) return value;
  const whole = value as Readonly<Record<string, unknown>>;
  const [name = ""] = Object.keys(whole);
  const operator = operators[name];
  if (operator) return operator(whole[name] as never, place, whole);
  return Object.fromEntries(
    Object.entries(whole).map(([key, member]) => [String(fillIn(key, place)), fillIn(member, place)]),
  );
}

/** A number, as it is or as an operator. */
export function toNumber(value: unknown, place: Place): number {
  const number = fillIn(value, place);
  if (typeof number !== "number") throw new RangeError(`${JSON.stringify(value)} must be a number.`);
  return number;
}

/** Names of the catalogue: given as they are, or as the check of `x-requestChecks` that answers them. */
export function errorNames(value: unknown, nameOf: (code: number) => string): string[] {
  return [value].flat().map((one) => {
    if (typeof one === "string") return one;
    const { $gate: check } = one as { readonly $gate: string };
    const found = gateChecks.find((it) => it.check === check);
    if (!found) throw new RangeError(`x-requestChecks has no check ${JSON.stringify(check)}.`);
    return nameOf(found.error);
  });
}

/**
 * A limit by its name: one of `x-limits`, or one of a field, as `GroupName.maxBytes`, `GroupContactItem.ContactItem.maxItems` or
 * `random.maximum`. A field is named by its schema or its query parameter, and a field inside it by its own name.
 */
function limitOf(name: string): number {
  const [first = "", ...rest] = name.split(".");
  const found = rest.length === 0 ? limitNamed(first) : fieldLimit(fieldsByName().get(first), rest);
  if (found === undefined) throw new RangeError(`The description has no limit called ${JSON.stringify(name)}.`);
  return found;
}

function limitNamed(name: string): number | undefined {
  return Object.hasOwn(limits, name) ? limits[name as keyof typeof limits].maximum : undefined;
}

function fieldLimit(field: Field | undefined, [name = "", ...rest]: readonly string[]): number | undefined {
  if (rest.length > 0) return fieldLimit(field?.type === "object" ? field.fields[name] : undefined, rest);
  const limit = (field as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof limit === "number" ? limit : undefined;
}

let byName: ReadonlyMap<string, Field> | undefined;

/** The fields that have a name of their own: query parameters, and what a schema was made for. */
function fieldsByName(): ReadonlyMap<string, Field> {
  byName ??= new Map<string, Field>([
    ...operations.flatMap(({ request, response }) => [...named(request), ...named(response)]),
    ...queryFields.map(({ name, field }) => [name, field] as const),
  ]);
  return byName;
}

function named(field: Field): (readonly [name: string, field: Field])[] {
  const own = field.schema === undefined ? [] : [[field.schema, field] as const];
  switch (field.type) {
    case "object":
      return [...own, ...Object.values(field.fields).flatMap(named)];
    case "array":
      return [...own, ...named(field.items)];
    case "union":
      return [...own, ...field.alternatives.flatMap(named)];
  }
  return own;
}

function textOf({ of, bytes, characters }: TextPattern, place: Place): string {
  if (characters !== undefined) return of.repeat(toNumber(characters, place));
  const length = toNumber(bytes, place);
  const whole = of.repeat(Math.floor(length / Buffer.byteLength(of)));
  return whole + "x".repeat(length - Buffer.byteLength(whole));
}
