import { byteLength, check, type RequestViolation } from "@contact-groups/core/check";
import type { Field } from "@contact-groups/openapi/model";
import type { ConsoleWord } from "../words/words.ts";

/** A violation of the description, with the words that the page shows for it. */
export interface ShownViolation {
  /** JSON pointer of the value, or of the missing field. */
  readonly pointer: string;
  /** Keyword of the rule, as the description has it. */
  readonly rule: string;
  readonly word: ConsoleWord;
  readonly values: Readonly<Record<string, string | number>>;
  /** Kinds of value, which the page names in its language. */
  readonly kinds?: Readonly<Record<"expected" | "found", Kind>>;
  /** The error code of the service, where the description has it. */
  readonly code: number | undefined;
}

/** Kind of a JSON value, as the words name it. */
export type Kind = "text" | "integer" | "number" | "list" | "object" | "boolean" | "null" | "nothing";

/** Returns every violation of a request, in its order, as the console shows it. */
export function violationsOf(field: Field, value: unknown): ShownViolation[] {
  return check(field, value, { all: true, exact: true }).map((violation) => ({
    pointer: violation.pointer,
    rule: violation.rule,
    code: violation.code,
    ...say(violation),
  }));
}

/** Returns the words for a violation, and their values. */
function say({
  rule,
  pointer,
  field,
  value,
  owner,
}: RequestViolation): Pick<ShownViolation, "word" | "values" | "kinds"> {
  const name = nameOf(pointer);
  const limits: Readonly<Record<string, unknown>> = { ...field };
  const limit = (keyword: string): number => Number(limits[keyword]);
  switch (rule) {
    case "type":
      return { word: "violation.type", values: {}, kinds: { expected: expectedKind(field), found: kindOf(value) } };
    case "encoding":
      return { word: "violation.encoding", values: {} };
    case "required":
      return { word: "violation.required", values: { name } };
    case "additionalProperties": {
      const known = field.type === "object" ? Object.keys(field.fields) : [];
      return { word: "violation.unknown", values: { name, known: known.join(", ") } };
    }
    case "oneOf": {
      const by = field.type === "union" ? field.by : "";
      return { word: "violation.otherType", values: { name, by, tag: String(owner?.[by]) } };
    }
    case "enum":
      return { word: "violation.enum", values: { values: (field.enum ?? []).join(" / ") } };
    case "minLength":
      return { word: "violation.empty", values: { min: limit("minLength") } };
    case "maxLength":
      // The limit of bytes is the smaller one.
      if (limits["maxBytes"] === undefined)
        return { word: "violation.maxLength", values: { size: [...String(value)].length, max: limit("maxLength") } };
      return tooManyBytes(String(value), limit("maxBytes"), limits["maxBytesDisputed"]);
    case "x-maxBytes":
      return tooManyBytes(String(value), limit("maxBytes"), limits["maxBytesDisputed"]);
    case "pattern":
      return { word: "violation.pattern", values: { pattern: String(limits["pattern"]) } };
    case "minimum":
      return { word: "violation.minimum", values: { min: limit("minimum") } };
    case "exclusiveMinimum":
      return { word: "violation.above", values: { min: limit("exclusiveMinimum") } };
    case "maximum":
      return { word: "violation.maximum", values: { max: limit("maximum") } };
    case "minItems":
      return { word: "violation.minItems", values: { size: sizeOf(value), min: limit("minItems") } };
    case "maxItems":
      return { word: "violation.maxItems", values: { size: sizeOf(value), max: limit("maxItems") } };
  }
}

function tooManyBytes(text: string, max: number, larger: unknown): Pick<ShownViolation, "word" | "values"> {
  const size = byteLength(text);
  const disputed = typeof larger === "number" ? larger : max;
  return { word: size <= disputed ? "violation.disputed" : "violation.maxBytes", values: { size, max, disputed } };
}

const kinds: Readonly<Record<Exclude<Field["type"], "scalar">, Kind>> = {
  object: "object",
  union: "object",
  array: "list",
  string: "text",
  integer: "integer",
  number: "number",
  boolean: "boolean",
};

/** Of several kinds that a value may be, the first. */
function expectedKind(field: Field): Kind {
  return field.type === "scalar" ? kinds[field.types[0] ?? "string"] : kinds[field.type];
}

function kindOf(value: unknown): Kind {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  const ofType: Readonly<Record<string, Kind>> = { string: "text", number: "number", boolean: "boolean" };
  return ofType[typeof value] ?? "object";
}

function sizeOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function nameOf(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}
