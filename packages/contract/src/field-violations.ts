/** Says in words why a body is not as the description has it. The verdict itself is Prism's. */
import { check, type RequestViolation, type RequestRule, wording } from "@contact-groups/core/check";
import { didYouMean } from "@contact-groups/core/did-you-mean";
import type { Field, StringField } from "@contact-groups/openapi/model";

/** A broken rule. */
export interface Reason {
  /** The broken keyword; `oneOf` for a field that this kind of object needs or must not have. */
  readonly keyword: string;
  /** JSON pointer of what is wrong, in the value. */
  readonly pointer: string;
  /** The code that the description names for this keyword. */
  readonly code: number | undefined;
  /** Where, what was expected and what was found: `/ContactItem/0/Type must be 1 or 2, but is "1"`. */
  readonly text: string;
}

/** Keywords of the description that JSON Schema, and so Prism, does not have. */
export const ownKeywords: readonly string[] = ["x-maxBytes"];

/** Explains why a value does not fit the field: all reasons, the most useful first, or only the first one found. */
export function explain(field: Field, value: unknown, all: boolean): Reason[] {
  const issues = check(field, value, { all }).filter((issue) => issue.rule !== "oneOf" || isClosed(issue));
  if (issues.length === 0) return [];
  return useful(all ? issues.flatMap((issue) => [issue, ...others(issue)]) : issues).map((issue) => ({
    keyword: ruleOf(issue, field),
    pointer: issue.pointer,
    code: issue.code,
    text: say(issue),
  }));
}

/** Properties of a text's field by the rule that they make. */
const ofText: Partial<Readonly<Record<RequestRule, keyof StringField>>> = {
  minLength: "minLength",
  maxLength: "maxLength",
  "x-maxBytes": "maxBytes",
};

/** The other rules that a text breaks: the check tells the first one of each value. */
function others({ field, rule, pointer, value }: RequestViolation): RequestViolation[] {
  const name = field.type === "string" ? ofText[rule] : undefined;
  if (name === undefined) return [];
  const rest = { ...field, [name]: undefined } as StringField;
  return check(rest, value).flatMap((issue) => [{ ...issue, pointer, field }, ...others({ ...issue, pointer })]);
}

/** Whether the kind of object that a field of another kind is in allows no other fields. A request allows none, but a response can. */
function isClosed({ field, owner }: RequestViolation): boolean {
  if (field.type !== "union") return false;
  return field.alternatives.some(({ value, closed = false }) => value === owner?.[field.by] && closed);
}

/** What is wrong with an object comes before what is wrong inside it, and an unknown field before a missing one, of which it is the likely cause. */
function useful(issues: readonly RequestViolation[]): readonly RequestViolation[] {
  const places = issues.map((issue) => (issue.owner ? parent(issue.pointer) : issue.pointer));
  const first = new Map<string, number>();
  const explained = new Set<string>();
  for (const [index, place] of places.entries()) {
    const isOther = issues[index]?.rule !== "oneOf" && issues[index]?.rule !== "additionalProperties";
    for (let around = place; ; around = parent(around)) {
      if (!first.has(around)) first.set(around, index);
      if (isOther) explained.add(around);
      if (around === "") break;
    }
  }
  const ranked = issues.map((issue, index) => {
    const place = places[index] ?? "";
    return { issue, place, first: first.get(place) ?? 0, unknown: issue.rule === "additionalProperties" ? 0 : 1 };
  });
  return (
    ranked
      // A field of another alternative says nothing new of an object that is wrong in its own.
      .filter(({ issue, place }) => issue.rule !== "oneOf" || !explained.has(place))
      .toSorted(
        (one, other) => one.first - other.first || one.place.length - other.place.length || one.unknown - other.unknown,
      )
      .map(({ issue }) => issue)
  );
}

/** A field that only one kind of object needs, and does not have, breaks the `oneOf` that tells the kinds apart. */
function ruleOf({ rule, field }: RequestViolation, whole: Field): string {
  return rule === "required" && fieldsOfKinds(whole).has(field) ? "oneOf" : rule;
}

const known = new WeakMap<Field, ReadonlySet<Field>>();

/** The fields of each kind of object inside a field, but for those that say which kind it is. */
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

function say(issue: RequestViolation): string {
  const { pointer, rule, value, field } = issue;
  if (rule === "required") return `${pointer} ${wording(issue, value)[0]}, but is missing`;
  if (rule !== "additionalProperties" && rule !== "oneOf") {
    const [expected, found] = wording(issue, value);
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
