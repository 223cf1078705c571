/** Says what to change in a request, by the rule that it breaks and the field of the model. */
import { type Field, queryFields } from "@contact-groups/openapi/model";
import { drawnNames, entryOf, operations, signatureName } from "../operations.ts";
import { patternWords } from "../pattern-words.ts";
import type { Exchange, RecordedViolation } from "../record/exchange.ts";

/** Returns the fix of a violation of the description. */
export function fixOf(violation: RecordedViolation, { operation, request }: Exchange): string {
  const { in: place, rule, pointer, code } = violation;
  const name = pointer.slice(pointer.lastIndexOf("/") + 1);
  if (place === "path") return "Correct the path of the URL. It is case-sensitive, and has no slash at its end.";
  if (place === "method")
    return `Send it with ${operations.find(({ path }) => path === request.path)?.method ?? "another method"}.`;
  if (rule === "syntax") return "Send one JSON object, whole, in UTF-8.";
  if (rule === "size") return "Send fewer items, in several calls.";
  if (place === "query") {
    if (rule === "required") return `Add ${name} to the query of the URL of every call. Its name is case-sensitive.`;
    if (rule === "once") return `Send ${name} once.`;
    if (name === signatureName) return entryOf(code)?.fix ?? "";
    if (drawnNames.some((drawn) => drawn === name))
      return "Generate an unsigned 32-bit integer for each call: crypto.getRandomValues(new Uint32Array(1))[0].";
    const field = queryFields.find((one) => one.name === name)?.field;
    return (field && fixOfField(violation, field)) ?? "Correct the value; it is case-sensitive.";
  }
  if (rule === "required") return `Add the field ${name}. Its name is case-sensitive.`;
  if (rule === "additionalProperties") {
    const [, meant] = /did you mean "([^"]+)"/.exec(violation.message) ?? [];
    return meant === undefined
      ? "Remove the field: the operation does not have it."
      : `Rename the field to ${meant}. Names are case-sensitive.`;
  }
  const whole = operations.find(({ operationId }) => operationId === operation)?.request;
  const field = whole && fieldAt(whole, pointer.split("/").slice(1));
  return (field && fixOfField(violation, field)) ?? "Send a value that the description allows.";
}

/** Returns the fix of a field that the kind of its object needs or must not have: `To_Account` with `Type` 2. */
export function fixOfKind({ pointer, message }: RecordedViolation, { operation, request }: Exchange): string {
  const tokens = pointer.split("/").slice(1);
  const name = tokens.at(-1) ?? "";
  const whole = operations.find(({ operationId }) => operationId === operation)?.request;
  const union = whole && fieldAt(whole, tokens.slice(0, -1));
  const owner = tokens.slice(0, -1).reduce<unknown>((value, token) => Object(value)[token], request.body);
  const kind =
    union?.type === "union" ? `${union.by} ${JSON.stringify(Object(owner)[union.by]) ?? ""}`.trim() : "this kind";
  return message.endsWith("is missing")
    ? `Add the field ${name}, which ${kind} needs.`
    : `Remove the field ${name}, which ${kind} does not have, or correct the kind.`;
}

/** Returns the field at a pointer. One that several kinds of an object have is the one with all their values. */
function fieldAt(field: Field, [token, ...rest]: readonly string[]): Field | undefined {
  if (token === undefined) return field;
  switch (field.type) {
    case "array":
      return fieldAt(field.items, rest);
    case "object":
      return Object.hasOwn(field.fields, token) ? fieldAt(field.fields[token]!, rest) : undefined;
    case "union": {
      const found = field.alternatives.flatMap(({ fields }) => (Object.hasOwn(fields, token) ? [fields[token]!] : []));
      const [first] = found;
      if (!first) return undefined;
      if (token !== field.by || rest.length > 0) return fieldAt(first, rest);
      return { ...first, enum: found.flatMap((one) => one.enum ?? []) } as Field;
    }
  }
  return undefined;
}

/** How each type is written in JSON. */
const written: Readonly<Partial<Record<Field["type"], string>>> = {
  integer: "an integer, without quotation marks and without a fraction",
  number: "a number, without quotation marks",
  string: "text, in quotation marks",
  boolean: "true or false, without quotation marks",
  array: "a list in brackets, also for a single item",
  object: "an object in braces",
  union: "an object in braces",
};

function fixOfField({ rule }: RecordedViolation, field: Field): string | undefined {
  const limits: Readonly<Partial<Record<string, unknown>>> = { ...field };
  const limit = limits[rule];
  switch (rule) {
    case "type":
      return `Send ${written[field.type] ?? "a value of this type"}.`;
    case "enum": {
      const values = (field.enum ?? []).map((value) => JSON.stringify(value));
      const marks = field.type === "integer" ? ", without quotation marks" : "";
      return `Send ${values.join(" or ")}${marks}.`;
    }
    case "minimum":
      return `Send ${limit} or more.`;
    case "maximum":
      return `Send ${limit} or less.`;
    case "minItems":
      return `Send ${limit} item or more; without any, do not call.`;
    case "maxItems":
      return `Divide the list among calls with up to ${limit} ${limit === 1 ? "item" : "items"} each.`;
    case "minLength":
      return "Send text that is not empty.";
    case "maxLength":
      return `Shorten the text to ${limit} characters${limits["maxBytes"] === undefined ? "" : ` and ${String(limits["maxBytes"])} bytes in UTF-8`}.`;
    case "pattern":
      return `The text ${patternWords(String(limit))}.`;
    default:
      return undefined;
  }
}
