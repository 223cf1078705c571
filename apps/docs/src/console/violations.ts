import { byteLength, check as checkField, type RequestViolation } from "@contact-groups/core/check";
import type { Field } from "@contact-groups/openapi/model";
import type { ConsoleWord } from "../words/words.ts";

/** Something about a request that does not fit the description. */
export interface ShownViolation {
  /** JSON pointer of the value; of the field that should be there when it is missing. */
  readonly pointer: string;
  /** Keyword of the rule, as the description has it. */
  readonly rule: string;
  readonly word: ConsoleWord;
  readonly values: Readonly<Record<string, string | number>>;
  /** Words for kinds of value, to be said in the language of the page. */
  readonly kinds?: Readonly<Record<"expected" | "found", Kind>>;
  /** What the service answers, where the description knows it. */
  readonly code: number | undefined;
}

/** Kind of a JSON value, as the words name it. */
export type Kind = "text" | "integer" | "number" | "list" | "object" | "boolean" | "null" | "nothing";

/** Everything that does not fit, in the order of the request. */
export function check(field: Field, value: unknown): ShownViolation[] {
  return checkField(field, value, { all: true, exact: true }).map((issue) => ({
    pointer: issue.pointer,
    rule: issue.rule,
    code: issue.code,
    ...say(issue),
  }));
}

/** The words for what is wrong, and what they are filled in with. */
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
      return { word: "issue.type", values: {}, kinds: { expected: expectedKind(field), found: kindOf(value) } };
    case "encoding":
      return { word: "issue.wellFormed", values: {} };
    case "required":
      return { word: "issue.required", values: { name } };
    case "additionalProperties": {
      const known = field.type === "object" ? Object.keys(field.fields) : [];
      return { word: "issue.unknown", values: { name, known: known.join(", ") } };
    }
    case "oneOf": {
      const by = field.type === "union" ? field.by : "";
      return { word: "issue.foreign", values: { name, by, tag: String(owner?.[by]) } };
    }
    case "enum":
      return { word: "issue.oneOf", values: { values: (field.enum ?? []).join(" / ") } };
    case "minLength":
      return { word: "issue.empty", values: { min: limit("minLength") } };
    case "maxLength":
      // The limit of bytes is the smaller one.
      if (limits["maxBytes"] === undefined)
        return { word: "issue.maxLength", values: { size: [...String(value)].length, max: limit("maxLength") } };
      return tooManyBytes(String(value), limit("maxBytes"), limits["maxBytesDisputed"]);
    case "x-maxBytes":
      return tooManyBytes(String(value), limit("maxBytes"), limits["maxBytesDisputed"]);
    case "pattern":
      return { word: "issue.pattern", values: { pattern: String(limits["pattern"]) } };
    case "minimum":
      return { word: "issue.minimum", values: { min: limit("minimum") } };
    case "exclusiveMinimum":
      return { word: "issue.above", values: { min: limit("exclusiveMinimum") } };
    case "maximum":
      return { word: "issue.maximum", values: { max: limit("maximum") } };
    case "minItems":
      return { word: "issue.minItems", values: { size: sizeOf(value), min: limit("minItems") } };
    case "maxItems":
      return { word: "issue.maxItems", values: { size: sizeOf(value), max: limit("maxItems") } };
  }
}

function tooManyBytes(text: string, max: number, larger: unknown): Pick<ShownViolation, "word" | "values"> {
  const size = byteLength(text);
  const disputed = typeof larger === "number" ? larger : max;
  return { word: size <= disputed ? "issue.disputed" : "issue.maxBytes", values: { size, max, disputed } };
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
