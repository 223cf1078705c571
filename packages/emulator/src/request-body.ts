/** The checks of a request's body, and what the settings ignore in it. */
import { check, explain, type RequestViolation } from "@contact-groups/core/check";
import type { UnreadableBody } from "@contact-groups/core/node-http";
import type { Conversation } from "@contact-groups/openapi/bodies";
import {
  errorCodes,
  type ErrorName,
  type Field,
  type ObjectField,
  type OperationId,
  requestBodies,
  requestChecks,
  type UnionField,
} from "@contact-groups/openapi/model";
import { type CallFailure, errorOfRule, nameOfCode } from "./failure.ts";
import { behaviours } from "./generated/operations.ts";
import type { RuleText } from "./operation.ts";
import { checkFailure, type RequestCheckName, requestRules } from "./request-checks.ts";
import type { Settings } from "./settings.ts";
import { nameTooLong, stateRules } from "./state/checks.ts";

/** A body that was read and is valid, or why it is not. */
type CheckedBody = { readonly value: unknown } | { readonly failure: CallFailure };

/** Reads a body as JSON. */
export function readBody(body: string | UnreadableBody): CheckedBody {
  if (typeof body !== "string") {
    return body.unreadable === "too large"
      ? { failure: checkFailure("request.size", "The body is longer than maxBodyBytes allows") }
      : { failure: checkFailure("request.syntax", "The body is not JSON: it is not UTF-8") };
  }
  if (body === "") return { failure: checkFailure("request.syntax", "The body is empty. It must be JSON") };
  try {
    return { value: JSON.parse(body) as unknown };
  } catch (error) {
    // The whole message can quote the body, which must not be in a response.
    const [place] = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    const why = `The body is not JSON: its syntax is wrong${place ? ` ${place}` : ""}`;
    return { failure: checkFailure("request.syntax", why) };
  }
}

/** Reads a body and checks it against the operation's request fields. Of a valid body, the value has nothing that the settings ignore. */
export function checkBody(operation: OperationId, body: string | UnreadableBody, settings: Settings): CheckedBody {
  const read = readBody(body);
  if ("failure" in read) return read;
  const field = requestBodies[operation];
  const violation = firstViolation(field, read.value);
  if (!violation) return read;
  if (!canBeAccepted(violation)) return { failure: bodyFailure(operation, violation, settings) };

  const reader = createReader(settings);
  const value = reader.read(field, read.value);
  const left = firstViolation(field, value);
  if (!left) return { value };
  // A misspelt field, which the text suggests, can be one that was ignored.
  const found = { ...left, ...(left.owner && { owner: reader.sourceOf(left.owner) }) };
  const isOfSetting =
    canBeAccepted(left) && firstViolation(field, ignoring.read(field, value))?.pointer !== left.pointer;
  return { failure: bodyFailure(operation, found, settings, isOfSetting ? ruleOfSetting(left) : undefined) };
}

/** Limits on which documents disagree are settings, which the operation checks. */
function firstViolation(field: Field, value: unknown): RequestViolation | undefined {
  return check(field, value, { disputed: "none" })[0];
}

/** Whether the violation is of a kind that a setting accepts. Any other one stays, whatever is ignored. */
function canBeAccepted({ rule, value }: RequestViolation): boolean {
  return (
    rule === "additionalProperties" ||
    rule === "oneOf" ||
    (rule === "type" && value === null) ||
    (rule === "enum" && typeof value === "string")
  );
}

function bodyFailure(
  operation: OperationId,
  violation: RequestViolation,
  settings: Settings,
  settingRule?: RequestCheckName,
): CallFailure {
  const error = nameOfCode(violation.code) ?? requestChecks.body.name;
  const rule = settingRule ?? ruleOf(operation, violation, error);
  const { pointer, value } = violation;
  // The limit in force is in bytes; that of the schema, in characters, is for the largest reading.
  const tooLong =
    rule === ("group.name-bytes" satisfies keyof typeof stateRules) && nameTooLong(String(value), pointer, settings);
  return tooLong || { rule, error, why: explain(violation) };
}

/** The field that says which kind a conversation is. */
const typeField: keyof Conversation = "Type";

/** Returns the rule of a violation: the operation's own, or one that operations share, if it has the error of the violation. */
function ruleOf(operation: OperationId, violation: RequestViolation, error: ErrorName): string {
  const { rule, pointer, field, value } = violation;
  // Where only one field says what an object is, that field is compared before its type is.
  if (typeof value === "string" && rule === "enum" && pointer.endsWith(`/${typeField}`))
    return "request.string-type" satisfies RequestCheckName;
  const at = pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  const declared = Object.values(field.errors ?? {});
  const rules: readonly (readonly [id: string, text: RuleText])[] = [
    ...Object.entries(behaviours[operation].rules),
    ...Object.entries(stateRules),
    ...Object.entries(requestRules),
  ];
  const found = rules.find(
    ([, text]) =>
      text.keywords?.includes(rule) &&
      errorOfRule(text) === error &&
      (text.at === at || (text.fieldsWith !== undefined && declared.includes(errorCodes[text.fieldsWith]))),
  );
  return found?.[0] ?? ("request.body" satisfies RequestCheckName);
}

/** Returns the rule of a violation by what another setting ignores. */
function ruleOfSetting({ rule, field }: RequestViolation): RequestCheckName {
  if (rule === "type") return "request.null-fields";
  return rule === "oneOf" && field.type === "union" && field.by === typeField
    ? "request.both-ids"
    : "request.unknown-fields";
}

/** The settings that decide what is ignored, and how a body is read. */
type ReadingSettings = Pick<Settings, "bothIds" | "unknownFields" | "nullFields" | "stringType">;

/** Reads bodies as the settings say. */
interface BodyReader {
  /** Returns a value without what is ignored. The value itself stays as it is. */
  read(field: Field, value: unknown): unknown;
  /** Returns the object from which one was read. */
  sourceOf(object: PlainObject): PlainObject;
}

type PlainObject = Readonly<Record<string, unknown>>;

function createReader(settings: ReadingSettings): BodyReader {
  const sources = new WeakMap<PlainObject, PlainObject>();

  const read = (field: Field, value: unknown): unknown => {
    if (field.type === "array") return Array.isArray(value) ? value.map((item) => read(field.items, item)) : value;
    if ((field.type !== "object" && field.type !== "union") || !isObject(value)) return value;
    const given = field.type === "union" ? withNumericType(field, value, settings) : value;
    const kind = field.type === "union" ? kindOf(field, given) : field;
    if (!kind) return given;
    const kept = Object.entries(given).filter(([name, member]) => !isIgnored(name, member, kind, field, settings));
    const result = Object.fromEntries(
      kept.map(([name, member]) => [
        name,
        Object.hasOwn(kind.fields, name) ? read(kind.fields[name]!, member) : member,
      ]),
    );
    sources.set(result, value);
    return result;
  };

  return { read, sourceOf: (object) => sources.get(object) ?? object };
}

/** Ignores all that a setting can ignore. */
const ignoring = createReader({
  bothIds: "ignore",
  unknownFields: "ignore",
  nullFields: "ignore",
  stringType: "reject",
});

function isObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the alternative that an object is; undefined when it is none. */
function kindOf({ by, alternatives }: UnionField, owner: PlainObject): ObjectField | undefined {
  return alternatives.find(({ value }) => value === owner[by]);
}

function isIgnored(
  name: string,
  member: unknown,
  kind: ObjectField,
  field: ObjectField | UnionField,
  { bothIds, unknownFields, nullFields }: ReadingSettings,
): boolean {
  const isOwn = Object.hasOwn(kind.fields, name);
  const isForeign =
    !isOwn && field.type === "union" && field.alternatives.some(({ fields }) => Object.hasOwn(fields, name));
  const isOmitted = member === null && !kind.required.includes(name) && !kind.fields[name]?.nullable;
  if (isOmitted && nullFields === "ignore" && (isOwn || isForeign)) return true;
  if (isOwn) return false;
  const isOtherId = isForeign && field.by === typeField;
  return (isOtherId ? bothIds : unknownFields) === "ignore";
}

/** Returns a conversation with its type as a number, where the setting accepts text. */
function withNumericType(
  { by, alternatives }: UnionField,
  owner: PlainObject,
  { stringType }: ReadingSettings,
): PlainObject {
  if (by !== typeField || stringType === "reject") return owner;
  const meant = alternatives.find(({ value }) => typeof value === "number" && String(value) === owner[by]);
  return meant ? { ...owner, [by]: meant.value } : owner;
}
