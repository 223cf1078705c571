import type { ArrayField, Field, NumberField, ObjectField, StringField, UnionField } from "./field.ts";

/** A rule of the description that a value breaks. */
export interface RequestViolation {
  /** JSON pointer of the value; of the missing field where one is required. */
  readonly pointer: string;
  /** The broken keyword of the description. `oneOf` is a field of another alternative, `encoding` a text that UTF-8 cannot hold. */
  readonly rule: RequestRule;
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
export type RequestRule =
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

/** Options of a check. */
export interface CheckOptions {
  /**
   * Whether all violations are returned, not only the first.
   *
   * @default false
   */
  readonly all?: boolean;
  /**
   * Whether fields that the description does not know are rejected where it says so. A field of another alternative is always rejected there.
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
   * For a value that was not parsed from JSON: integers must be safe integers, and strings must be encodable as UTF-8.
   *
   * @default false
   */
  readonly exact?: boolean;
}

/**
 * Checks a value against a field of the model: the one check of requests.
 *
 * @returns The violations in the order of the description; for each value, only the first one.
 *
 * @example
 * ```ts
 * const [violation] = check(requestBodies.getContactGroup, { From_Account: "user15", StartIndex: -1 });
 * if (violation) console.error(explain(violation)); // /StartIndex must be at least 0, but is -1
 * ```
 */
export function check(field: Field, value: unknown, options: CheckOptions = {}): readonly RequestViolation[] {
  const { all = false, closed = true, disputed = "smaller", anyLength = false, exact = false } = options;
  const run: CheckRun = { all, closed, disputed, anyLength, exact, violations: [], path: [] };
  visitorOf(field)(value, run);
  return run.violations;
}

/** One check: its options, its violations, and its position. A pointer is built only for a violation. */
interface CheckRun extends Required<CheckOptions> {
  readonly violations: RequestViolation[];
  readonly path: (string | number)[];
}

/** Checks a value of one field. Returns whether to continue. */
type Visitor = (value: unknown, run: CheckRun) => boolean;

const visitors = new WeakMap<Field, Visitor>();

/** Returns the visitor of a field, which is created once: the field is not read again for each value. */
function visitorOf(field: Field): Visitor {
  let visitor = visitors.get(field);
  if (!visitor) visitors.set(field, (visitor = field.nullable ? orNull(createVisitor(field)) : createVisitor(field)));
  return visitor;
}

function orNull(visitor: Visitor): Visitor {
  return (value, run) => value === null || visitor(value, run);
}

function createVisitor(field: Field): Visitor {
  switch (field.type) {
    case "union":
      return unionVisitor(field);
    case "object": {
      const visitFields = fieldsVisitor(field);
      return (value, run) => (isObject(value) ? visitFields(value, run) : report("type", field, value, run));
    }
    case "array":
      return arrayVisitor(field);
    case "string":
      return textVisitor(field);
    case "integer":
    case "number":
      return numberVisitor(field);
    case "scalar": {
      const kinds = field.types.map((type) => visitorOf({ type }));
      return (value, run) =>
        kinds.some((kind) => kind(value, { ...run, all: false, violations: [] }))
          ? hasValue(field, value) || report("enum", field, value, run)
          : report("type", field, value, run);
    }
    case "boolean":
      return (value, run) =>
        typeof value === "boolean"
          ? hasValue(field, value) || report("enum", field, value, run)
          : report("type", field, value, run);
  }
}

/** Adds a violation at the position of the run. Returns whether to continue. */
function report(
  rule: RequestRule,
  field: Field,
  value: unknown,
  run: CheckRun,
  owner?: RequestViolation["owner"],
): boolean {
  const pointer = run.path.map((token) => `/${escape(String(token))}`).join("");
  run.violations.push({ pointer, rule, field, value, ...(owner && { owner }), code: field.errors?.[rule] });
  return run.all;
}

/** Adds a violation at a field of the object at the position of the run. Returns whether to continue. */
function reportAt(
  name: string,
  rule: RequestRule,
  field: Field,
  value: unknown,
  run: CheckRun,
  owner: RequestViolation["owner"],
): boolean {
  run.path.push(name);
  const goesOn = report(rule, field, value, run, owner);
  run.path.pop();
  return goesOn;
}

function hasValue(field: Field, value: unknown): boolean {
  return !field.enum || field.enum.includes(value as string | number | boolean);
}

function arrayVisitor(field: ArrayField): Visitor {
  const { items, minItems = 0, maxItems = Infinity } = field;
  const visitItem = visitorOf(items);
  return (value, run) => {
    if (!Array.isArray(value)) return report("type", field, value, run);
    const { length } = value;
    if (length < minItems && !report("minItems", field, value, run)) return false;
    if (length > maxItems && !run.anyLength && !report("maxItems", field, value, run)) return false;
    const { path } = run;
    const depth = path.push(0) - 1;
    // Not forEach, which skips holes: JSON writes them as null.
    for (let index = 0; index < length; index++) {
      path[depth] = index;
      if (!visitItem(value[index], run)) return false;
    }
    path.pop();
    return true;
  };
}

function numberVisitor(field: NumberField): Visitor {
  const { type, minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity } = field;
  return (value, run) => {
    const isNumber =
      type === "number" ? Number.isFinite(value) : run.exact ? Number.isSafeInteger(value) : Number.isInteger(value);
    if (!isNumber) return report("type", field, value, run);
    const number = value as number;
    if (!hasValue(field, number)) return report("enum", field, value, run);
    if (number < minimum) return report("minimum", field, value, run);
    if (number <= exclusiveMinimum) return report("exclusiveMinimum", field, value, run);
    return number <= maximum || report("maximum", field, value, run);
  };
}

const surrogate = /\p{Surrogate}/u;

function textVisitor(field: StringField): Visitor {
  const { minLength = 0, maxLength = Infinity, maxBytes = Infinity, maxBytesDisputed, pattern } = field;
  const expression = pattern === undefined ? undefined : new RegExp(pattern, "u");
  const bytes = {
    smaller: maxBytes,
    larger: Math.max(maxBytes, maxBytesDisputed ?? 0),
    none: maxBytesDisputed === undefined ? maxBytes : Infinity,
  };
  return (value, run) => {
    if (typeof value !== "string") return report("type", field, value, run);
    if (!hasValue(field, value)) return report("enum", field, value, run);
    if (run.exact && surrogate.test(value)) return report("encoding", field, value, run);
    // A text has at least half as many characters as code units, at most as many, and at most three bytes for each.
    const { length } = value;
    if (length < 2 * minLength && characterCount(value) < minLength) return report("minLength", field, value, run);
    const limit = bytes[run.disputed];
    // Where fewer bytes are allowed than characters, the bytes are the limit to report.
    if (length > maxLength && limit >= maxLength && characterCount(value) > maxLength)
      return report("maxLength", field, value, run);
    if (length * 3 > limit && byteLength(value) > limit) return report("x-maxBytes", field, value, run);
    return expression === undefined || expression.test(value) || report("pattern", field, value, run);
  };
}

type PlainObject = Readonly<Record<string, unknown>>;

/** Checks the fields of an object. A closed alternative of a union rejects the fields of the other alternatives. */
function fieldsVisitor(field: ObjectField, union?: UnionField): (owner: PlainObject, run: CheckRun) => boolean {
  const { required, closed = false } = field;
  const known = new Map(Object.entries(field.fields).map(([name, inner]) => [name, visitorOf(inner)]));
  const entries = [...known].map(([name, visit]) => ({ name, visit, isRequired: required.includes(name) }));
  const isForeign = (name: string): boolean =>
    union?.alternatives.some(({ fields }) => Object.hasOwn(fields, name)) ?? false;

  return (owner, run) => {
    const { path } = run;
    for (const { name, visit, isRequired } of entries) {
      const value = own(owner, name);
      if (value !== undefined) {
        path.push(name);
        if (!visit(value, run)) return false;
        path.pop();
      } else if (isRequired && !reportAt(name, "required", field.fields[name]!, value, run, owner)) return false;
    }
    if (!closed || !(union || run.closed)) return true;
    for (const name in owner) {
      if (known.has(name) || !Object.hasOwn(owner, name) || owner[name] === undefined) continue;
      const foreign = isForeign(name);
      if (!foreign && !run.closed) continue;
      const [rule, at] = foreign ? (["oneOf", union!] as const) : (["additionalProperties", field] as const);
      if (!reportAt(name, rule, at, owner[name], run, owner)) return false;
    }
    return true;
  };
}

function unionVisitor(field: UnionField): Visitor {
  const { by, alternatives } = field;
  const byTag = new Map<unknown, ReturnType<typeof fieldsVisitor>>(
    alternatives.map((one) => [one.value, fieldsVisitor(one, field)]),
  );
  const otherwise = byTag.get(undefined);
  // The tag must be the value of `by` in one of the alternatives.
  const tagField = { ...alternatives[0]?.fields[by], enum: alternatives.map(({ value }) => value) } as Field;
  return (value, run) => {
    if (!isObject(value)) return report("type", field, value, run);
    const tag = own(value, by);
    const visitFields = byTag.get(tag) ?? otherwise;
    if (visitFields) return visitFields(value, run);
    return reportAt(by, tag === undefined ? "required" : "enum", tagField, tag, run, value);
  };
}

function isObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Returns an own field of an object. A property that every object inherits, such as `constructor`, is undefined. */
function own(owner: PlainObject, name: string): unknown {
  const value = owner[name];
  return value !== undefined && inherited.has(name) && !Object.hasOwn(owner, name) ? undefined : value;
}

/** A name as a token of a JSON pointer (RFC 6901). */
function escape(name: string): string {
  return name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}

/** Bytes of the text in UTF-8. Not every runtime has a `TextEncoder`, as jsdom has none. */
export function byteLength(text: string): number {
  const { length } = text;
  let bytes = length;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) bytes += unit > 0x7ff ? 2 : 1;
  }
  // The halves of a pair have four bytes together, not three each.
  return bytes === length ? bytes : bytes - 2 * (length - characterCount(text));
}

/** Characters of the text, as JSON Schema counts them: code points, not UTF-16 code units. */
export function characterCount(text: string): number {
  let characters = text.length;
  for (let index = 0; index + 1 < text.length; index++) {
    const isHigh = (text.charCodeAt(index) & 0xfc00) === 0xd800;
    if (!isHigh || (text.charCodeAt(index + 1) & 0xfc00) !== 0xdc00) continue;
    characters--;
    index++;
  }
  return characters;
}

/** Returns a number with its unit: `1 item`, `2 items`. */
export function count(number: unknown, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
