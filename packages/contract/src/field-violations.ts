/** Describes the rules that a body breaks. Whether it is valid is decided by Prism. */
import { pointerTo } from "./json-pointer.ts";
import { check, type RequestViolation, type RequestRule, wording } from "@contact-groups/core/check";
import { didYouMean } from "@contact-groups/core/did-you-mean";
import type { Field, StringField } from "@contact-groups/openapi/model";
import { patternWords } from "./pattern-words.ts";
import type { RecordedViolation } from "./record/exchange.ts";

/** A rule that a field breaks. */
export interface FieldViolation extends Omit<RecordedViolation, "in" | "code"> {
  /** The code that the description has for this rule. */
  readonly code: number | undefined;
}

/** Keywords of the description that JSON Schema, and so Prism, does not have. */
export const rulesBeyondPrism: readonly string[] = ["x-maxBytes"];

/** Returns the rules that a value breaks: all, the most useful first, or only the first one. */
export function fieldViolations(field: Field, value: unknown, all: boolean): FieldViolation[] {
  const violations = check(field, value, { all }).filter(
    (violation) => violation.rule !== "oneOf" || isClosed(violation),
  );
  if (violations.length === 0) return [];
  return useful(all ? violations.flatMap((violation) => [violation, ...others(violation)]) : violations).map(
    (violation) => ({
      rule: ruleOf(violation, field),
      pointer: violation.pointer,
      code: violation.code,
      message: say(violation),
    }),
  );
}

/** Returns the JSON pointer inside the body or the query that Prism's location names. */
export function pointerOf(location: readonly string[]): string {
  return pointerTo(location.slice(2));
}

/** The property of a text's field that sets each rule. */
const ofText: Partial<Readonly<Record<RequestRule, keyof StringField>>> = {
  minLength: "minLength",
  maxLength: "maxLength",
  "x-maxBytes": "maxBytes",
};

/** Returns the other rules that a text breaks: the request check reports one rule for each value. */
function others({ field, rule, pointer, value }: RequestViolation): RequestViolation[] {
  const name = field.type === "string" ? ofText[rule] : undefined;
  if (name === undefined) return [];
  const rest = { ...field, [name]: undefined } as StringField;
  return check(rest, value).flatMap((violation) => [
    { ...violation, pointer, field },
    ...others({ ...violation, pointer }),
  ]);
}

/** Whether the kind of object that a field of another kind is in allows no other fields. A request allows none, but a response can. */
function isClosed({ field, owner }: RequestViolation): boolean {
  if (field.type !== "union") return false;
  return field.alternatives.some(({ value, closed = false }) => value === owner?.[field.by] && closed);
}

/** Puts violations by an object before those inside it, and an unknown field before a missing one, which it probably explains. */
function useful(violations: readonly RequestViolation[]): readonly RequestViolation[] {
  const places = violations.map((violation) => (violation.owner ? parent(violation.pointer) : violation.pointer));
  const first = new Map<string, number>();
  const explained = new Set<string>();
  for (const [index, place] of places.entries()) {
    const isOther = violations[index]?.rule !== "oneOf" && violations[index]?.rule !== "additionalProperties";
    for (let around = place; ; around = parent(around)) {
      if (!first.has(around)) first.set(around, index);
      if (isOther) explained.add(around);
      if (around === "") break;
    }
  }
  const ranked = violations.map((violation, index) => {
    const place = places[index] ?? "";
    return {
      violation,
      place,
      first: first.get(place) ?? 0,
      unknown: violation.rule === "additionalProperties" ? 0 : 1,
    };
  });
  return (
    ranked
      // A field of another alternative adds nothing when the object also breaks rules of its own alternative.
      .filter(({ violation, place }) => violation.rule !== "oneOf" || !explained.has(place))
      .toSorted(
        (one, other) => one.first - other.first || one.place.length - other.place.length || one.unknown - other.unknown,
      )
      .map(({ violation }) => violation)
  );
}

/** A field that only one kind of object needs, and does not have, breaks the `oneOf` that discriminates the kinds. */
function ruleOf({ rule, field }: RequestViolation, whole: Field): string {
  return rule === "required" && fieldsOfKinds(whole).has(field) ? "oneOf" : rule;
}

const known = new WeakMap<Field, ReadonlySet<Field>>();

/** Returns the fields of each kind of object inside a field, except the one that discriminates the kinds. */
function fieldsOfKinds(field: Field): ReadonlySet<Field> {
  let found = known.get(field);
  if (!found) known.set(field, (found = new Set(collect(field))));
  return found;
}

function collect(field: Field): Field[] {
  switch (field.type) {
    case "object":
      return Object.values(field.fields).flatMap(collect);
    case "array":
      return collect(field.items);
    case "union":
      return field.alternatives.flatMap(({ fields }) => Object.values(fields).flatMap((own) => [own, ...collect(own)]));
  }
  return [];
}

/** Says what was expected and what was found, without regular expressions. */
export function words(violation: RequestViolation): [expected: string, found: string] {
  const { rule, field, value } = violation;
  const [expected, found] = wording(violation, value);
  if (rule !== "pattern" || field.type !== "string" || field.pattern === undefined) return [expected, found];
  return value === "" ? ["must not be empty", "is empty"] : [patternWords(field.pattern), found];
}

function say(violation: RequestViolation): string {
  const { pointer, rule, field } = violation;
  if (rule === "required") return `${pointer} ${words(violation)[0]}, but is missing`;
  if (rule !== "additionalProperties" && rule !== "oneOf") {
    const [expected, found] = words(violation);
    return `${pointer || "The body"} ${expected}, but ${found}`;
  }
  const place = parent(pointer) || "The body";
  const name = nameOf(pointer);
  if (rule === "oneOf") return `${place} must not have the field "${name}"`;
  const meant = field.type === "object" ? didYouMean(name, Object.keys(field.fields)) : undefined;
  const shown = JSON.stringify(name.length <= 64 ? name : `${name.slice(0, 64)}...`);
  return `${place} has the unknown field ${shown}${meant === undefined ? "" : `; did you mean "${meant}"?`}`;
}

function parent(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

function nameOf(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}
