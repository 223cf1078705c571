import type { Field, ObjectField, StringField, UnionField } from "./field.ts";
import { byteLength, characterCount } from "./lengths.ts";

/** Something about a value that does not fit its field. */
export interface Issue {
  /** JSON pointer of the value; of the field that should be there when it is missing. */
  readonly pointer: string;
  /** The broken keyword of the description. `oneOf` is a field of another alternative, `encoding` a text that UTF-8 cannot hold. */
  readonly rule: IssueRule;
  /** The field at the pointer. Of an unknown field, the object that it is in. */
  readonly field: Field;
  /** What was found. */
  readonly value: unknown;
  /** The object that a missing or unknown field is about. */
  readonly owner?: Readonly<Record<string, unknown>>;
  /** The `ErrorCode` that the description names for the keyword. */
  readonly code: number | undefined;
}

/** A keyword that a value can break. */
export type IssueRule =
  | "type"
  | "required"
  | "enum"
  | "minimum"
  | "exclusiveMinimum"
  | "maximum"
  | "minItems"
  | "maxItems"
  | "minLength"
  | "maxLength"
  | "pattern"
  | "x-maxBytes"
  | "encoding"
  | "additionalProperties"
  | "oneOf";

/** What a check looks at. */
export interface CheckOptions {
  /**
   * Whether every issue is looked for, not only the first.
   *
   * @default false
   */
  readonly all?: boolean;
  /**
   * Whether fields that the description does not know are refused, where it says so. There a field of another alternative always is.
   *
   * @default true
   */
  readonly closed?: boolean;
  /**
   * Which limit of bytes counts where documents dispute it: the smaller one, the larger one, or none.
   *
   * @default "smaller"
   */
  readonly disputed?: "smaller" | "larger" | "none";
  /**
   * Whether lists can be longer than `maxItems`.
   *
   * @default false
   */
  readonly anyLength?: boolean;
  /**
   * For a value of a program, not of a JSON text: integers are those that a number holds exactly, and texts those that UTF-8 can hold.
   *
   * @default false
   */
  readonly exact?: boolean;
}

/**
 * Checks a value against a field of the model: the one check of requests. Returns what does not fit, in the order of the description; of one value, the
 * first issue only.
 *
 * @example
 * ```ts
 * const [issue] = check(requestChecks.getContactGroup, { From_Account: "user15", StartIndex: -1 });
 * if (issue) console.error(explain(issue)); // /StartIndex must be at least 0, but is -1
 * ```
 */
export function check(field: Field, value: unknown, options: CheckOptions = {}): readonly Issue[] {
  const issues: Issue[] = [];
  visit(field, value, "", { closed: true, disputed: "smaller", ...options }, issues);
  return issues;
}

type Settings = CheckOptions & Required<Pick<CheckOptions, "closed" | "disputed">>;

/** Returns whether to go on. */
function visit(field: Field, value: unknown, pointer: string, options: Settings, issues: Issue[]): boolean {
  if (value === null && field.nullable) return true;
  switch (field.type) {
    case "union":
      return isObject(value)
        ? visitUnion(field, value, pointer, options, issues)
        : report("type", field, value, pointer, options, issues);
    case "object":
      return isObject(value)
        ? visitFields(field, value, pointer, options, issues)
        : report("type", field, value, pointer, options, issues);
    case "array": {
      if (!Array.isArray(value)) return report("type", field, value, pointer, options, issues);
      if (value.length < (field.minItems ?? 0) && !report("minItems", field, value, pointer, options, issues))
        return false;
      if (
        value.length > (field.maxItems ?? Infinity) &&
        !options.anyLength &&
        !report("maxItems", field, value, pointer, options, issues)
      )
        return false;
      // Not forEach, which passes over holes: JSON makes null of them.
      for (let index = 0; index < value.length; index++)
        if (!visit(field.items, value[index], `${pointer}/${index}`, options, issues)) return false;
      return true;
    }
    case "string":
      return typeof value === "string"
        ? visitText(field, value, pointer, options, issues)
        : report("type", field, value, pointer, options, issues);
    case "integer":
    case "number": {
      const isNumber =
        field.type === "number"
          ? Number.isFinite(value)
          : options.exact
            ? Number.isSafeInteger(value)
            : Number.isInteger(value);
      if (!isNumber) return report("type", field, value, pointer, options, issues);
      if (field.enum && !field.enum.includes(value as number))
        return report("enum", field, value, pointer, options, issues);
      if ((value as number) < (field.minimum ?? -Infinity))
        return report("minimum", field, value, pointer, options, issues);
      if ((value as number) <= (field.exclusiveMinimum ?? -Infinity))
        return report("exclusiveMinimum", field, value, pointer, options, issues);
      if ((value as number) > (field.maximum ?? Infinity))
        return report("maximum", field, value, pointer, options, issues);
      return true;
    }
    case "scalar": {
      const isOne = field.types.some((type) => visit({ type }, value, pointer, { ...options, all: false }, []));
      if (!isOne) return report("type", field, value, pointer, options, issues);
      return (
        !field.enum ||
        field.enum.includes(value as string | number | boolean) ||
        report("enum", field, value, pointer, options, issues)
      );
    }
    case "boolean":
      if (typeof value !== "boolean") return report("type", field, value, pointer, options, issues);
      return !field.enum || field.enum.includes(value) || report("enum", field, value, pointer, options, issues);
  }
}

/** Notes an issue. Returns whether to go on. It is no function of each visit, which would be made for every value. */
function report(
  rule: IssueRule,
  field: Field,
  value: unknown,
  pointer: string,
  options: Settings,
  issues: Issue[],
): boolean {
  issues.push({ pointer, rule, field, value, code: field.errors?.[rule] });
  return options.all === true;
}

function visitText(field: StringField, value: string, pointer: string, options: Settings, issues: Issue[]): boolean {
  const { disputed, exact } = options;
  if (field.enum && !field.enum.includes(value)) return report("enum", field, value, pointer, options, issues);
  if (exact && !isWellFormed(value)) return report("encoding", field, value, pointer, options, issues);
  const { minLength = 0, maxLength = Infinity, maxBytes, maxBytesDisputed, pattern } = field;
  if (minLength > 0 && characterCount(value) < minLength)
    return report("minLength", field, value, pointer, options, issues);
  // A text has at least as many code units as characters.
  if (value.length > maxLength && characterCount(value) > maxLength)
    return report("maxLength", field, value, pointer, options, issues);
  if (maxBytes !== undefined && (maxBytesDisputed === undefined || disputed !== "none")) {
    const limit =
      maxBytesDisputed !== undefined && disputed === "larger" ? Math.max(maxBytes, maxBytesDisputed) : maxBytes;
    if (value.length * 3 > limit && byteLength(value) > limit)
      return report("x-maxBytes", field, value, pointer, options, issues);
  }
  return (
    pattern === undefined || toRegExp(pattern).test(value) || report("pattern", field, value, pointer, options, issues)
  );
}

function visitFields(
  field: ObjectField,
  owner: Readonly<Record<string, unknown>>,
  pointer: string,
  options: Settings,
  issues: Issue[],
  union?: UnionField,
): boolean {
  const { fields, required } = field;
  for (const name in fields) {
    const inner = fields[name] as Field;
    const value = own(owner, name);
    const place = `${pointer}/${escape(name)}`;
    if (value !== undefined) {
      if (!visit(inner, value, place, options, issues)) return false;
    } else if (required.includes(name)) {
      issues.push({ pointer: place, rule: "required", field: inner, value, owner, code: inner.errors?.["required"] });
      if (!options.all) return false;
    }
  }
  if (!field.closed || !(union || options.closed)) return true;
  for (const name of Object.keys(owner)) {
    if (Object.hasOwn(fields, name) || owner[name] === undefined) continue;
    const foreign = union?.alternatives.some((one) => Object.hasOwn(one.fields, name)) ?? false;
    if (!foreign && !options.closed) continue;
    const rule = foreign ? "oneOf" : "additionalProperties";
    issues.push({
      pointer: `${pointer}/${escape(name)}`,
      rule,
      field: foreign ? union! : field,
      value: owner[name],
      owner,
      code: field.errors?.[rule],
    });
    if (!options.all) return false;
  }
  return true;
}

function visitUnion(
  field: UnionField,
  owner: Readonly<Record<string, unknown>>,
  pointer: string,
  options: Settings,
  issues: Issue[],
): boolean {
  const { by, alternatives } = field;
  const tag = own(owner, by);
  const alternative = alternatives.find(({ value }) => value === tag);
  if (alternative) return visitFields(alternative, owner, pointer, options, issues, field);
  const rule = tag === undefined ? "required" : "enum";
  // What it can be is what `by` has in any of the alternatives.
  const known = { ...alternatives[0]?.fields[by], enum: alternatives.map(({ value }) => value) } as Field;
  issues.push({
    pointer: `${pointer}/${escape(by)}`,
    rule,
    field: known,
    value: tag,
    owner,
    code: known.errors?.[rule],
  });
  return options.all === true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What an object has of its own: a field named as something that every object inherits is not there. */
function own(owner: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = owner[name];
  return value === undefined || (name in Object.prototype && !Object.hasOwn(owner, name)) ? undefined : value;
}

const expressions = new Map<string, RegExp>();

function toRegExp(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (!expression) expressions.set(pattern, (expression = new RegExp(pattern, "u")));
  return expression;
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** A name as a token of a JSON pointer (RFC 6901). */
function escape(name: string): string {
  return name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}
