import { byteLength, characterCount, count, type RequestViolation } from "./check.ts";
import type { Field } from "./field.ts";

/** How a violation is worded. */
export interface ExplainOptions {
  /**
   * Whether the value is shown. Otherwise only its type is: it may be a credential in the wrong place.
   *
   * @default true
   */
  readonly values?: boolean;
  /**
   * Whether the larger limit of bytes was checked.
   *
   * @default false
   */
  readonly disputed?: boolean;
  /**
   * The text instead of an empty pointer.
   *
   * @default "The body"
   */
  readonly whole?: string;
}

/** Says where a value is wrong, what was expected and what was found: `/ContactItem/0/Type must be 1 or 2, but is 3`. */
export function explain(violation: RequestViolation, options: ExplainOptions = {}): string {
  const { pointer, rule, value, owner, field } = violation;
  const { whole = "The body" } = options;
  if (rule === "required") return `${pointer} is required, but is missing${similarName(pointer, owner)}`;
  if (rule === "additionalProperties" || rule === "oneOf") {
    const parent = pointer.slice(0, pointer.lastIndexOf("/")) || whole;
    const tag =
      rule === "oneOf" && field.type === "union" ? ` where ${field.by} is ${show(owner?.[field.by], true)}` : "";
    return `${parent} must not have the field ${quoted(nameOf(pointer))}${tag}`;
  }
  const [expected, found] = wording(violation, value, options);
  return `${pointer || whole} ${expected}, but ${found}`;
}

/** What was expected of a value and what was found: `must be 1 or 2` and `is 3`. */
export function wording(
  { rule, field }: Pick<RequestViolation, "rule" | "field">,
  value: unknown,
  { values = true, disputed = false }: ExplainOptions = {},
): [expected: string, found: string] {
  const found = `is ${show(value, values)}`;
  // Only a string has a length, and an array can be nested too deeply to be printed.
  const text = typeof value === "string" ? value : "";
  const has = Array.isArray(value) ? `has ${value.length}` : `has ${characterCount(text)}`;
  const limits: Readonly<Partial<Record<string, unknown>>> = { ...field };
  switch (rule) {
    case "type":
      return [`must be ${kindOf(field)}`, found];
    case "enum":
      return [`must be ${eitherOf((field.enum ?? []).map((one) => show(one, true)))}`, found];
    case "minimum":
      return [`must be at least ${limits["minimum"]}`, found];
    case "exclusiveMinimum":
      return [`must be above ${limits["exclusiveMinimum"]}`, found];
    case "maximum":
      return [`must be at most ${limits["maximum"]}`, found];
    case "minLength":
      return [`must have at least ${count(limits["minLength"], "character")}`, has];
    case "maxLength":
      return [`must have at most ${count(limits["maxLength"], "character")}`, has];
    case "x-maxBytes":
      return [
        `must have at most ${count(disputed ? (limits["maxBytesDisputed"] ?? limits["maxBytes"]) : limits["maxBytes"], "byte")} in UTF-8`,
        `has ${byteLength(text)}`,
      ];
    case "minItems":
      return [`must have at least ${count(limits["minItems"], "item")}`, has];
    case "maxItems":
      return [`must have at most ${count(limits["maxItems"], "item")}`, has];
    case "pattern":
      return [`must match ${limits["pattern"]}`, found];
    case "encoding":
      return ["must be text that UTF-8 can hold", "has half of a surrogate pair"];
    case "required":
      return ["is required", "is missing"];
    case "additionalProperties":
    case "oneOf":
      return ["must not be there", found];
  }
}

/** A value as a message shows it. Long and compound ones are described, so that a message stays short and repeats little. */
export function show(value: unknown, values = true): string {
  if (Array.isArray(value)) return `an array of ${count(value.length, "item")}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function") return "a function";
  if (typeof value === "string" && value === "" && !values) return "empty";
  if (typeof value === "string" && !values) return "a string";
  if (typeof value !== "string") return String(value);
  const text = JSON.stringify(value);
  return text.length <= 50 ? text : `a string of ${count(characterCount(value), "character")}`;
}

function kindOf(field: Field): string {
  const types = field.type === "scalar" ? field.types : [field.type === "union" ? "object" : field.type];
  const kinds = types.map((type) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`));
  return eitherOf([...kinds, ...(field.nullable ? ["null"] : [])]);
}

/** Joins alternatives: `1, 2 or 3`. */
export function eitherOf(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} or ${last}`;
}

function similarName(pointer: string, owner: RequestViolation["owner"] = {}): string {
  const name = nameOf(pointer);
  const similar = Object.keys(owner).find((key) => key !== name && key.length <= 64 && plain(key) === plain(name));
  return similar === undefined ? "" : `; there is ${JSON.stringify(similar)}, and names are case-sensitive`;
}

function nameOf(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}

function quoted(name: string): string {
  return JSON.stringify(name.length <= 64 ? name : `${name.slice(0, 64)}...`);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
