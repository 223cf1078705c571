import type { ConsoleWord } from "../words/console/words.ts";
import type { ChoiceField, Field, ObjectField, TextField } from "./field.ts";

/** Something about a request that does not fit the description. */
export interface Issue {
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
export function check(field: Field, value: unknown, pointer = ""): Issue[] {
  switch (field.kind) {
    case "text":
      return typeof value === "string" ? checkText(field, value, pointer) : wrongKind(field, "text", value, pointer);
    case "integer":
      if (!Number.isSafeInteger(value)) return wrongKind(field, "integer", value, pointer);
      if (field.minimum === undefined || Number(value) >= field.minimum) return [];
      return [issue(field, pointer, "minimum", "issue.minimum", { min: field.minimum })];
    case "list": {
      if (!Array.isArray(value)) return wrongKind(field, "list", value, pointer);
      const { minItems, maxItems = Infinity, items } = field;
      const size = value.length;
      return [
        ...(size < minItems ? [issue(field, pointer, "minItems", "issue.minItems", { size, min: minItems })] : []),
        ...(size > maxItems ? [issue(field, pointer, "maxItems", "issue.maxItems", { size, max: maxItems })] : []),
        ...value.flatMap((item: unknown, index) => check(items, item, `${pointer}/${index}`)),
      ];
    }
    case "object":
      return isFields(value) ? checkFields(field, value, pointer) : wrongKind(field, "object", value, pointer);
    case "choice":
      return isFields(value) ? checkChoice(field, value, pointer) : wrongKind(field, "object", value, pointer);
  }
}

function checkText(field: TextField, value: string, pointer: string): Issue[] {
  const { minLength: min, maxBytes: max, disputedBytes: disputed, pattern } = field;
  if (value.length < min) return [issue(field, pointer, "minLength", "issue.empty", { min })];
  if (/\p{Cs}/u.test(value)) return [issue(field, pointer, "type", "issue.wellFormed", {})];
  const size = new TextEncoder().encode(value).length;
  const issues: Issue[] = [];
  if (max !== undefined && size > max) {
    const isDisputed = disputed !== undefined && size <= disputed;
    issues.push(
      issue(field, pointer, "x-maxBytes", isDisputed ? "issue.disputed" : "issue.maxBytes", {
        size,
        max,
        disputed: disputed ?? max,
      }),
    );
  }
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value))
    issues.push(issue(field, pointer, "pattern", "issue.pattern", { pattern }));
  return issues;
}

type Fields = Readonly<Record<string, unknown>>;

function checkFields(field: ObjectField, value: Fields, pointer: string, by?: string): Issue[] {
  const own = Object.entries(field.fields).flatMap(([name, inner]) => {
    const place = child(pointer, name);
    if (Object.hasOwn(value, name)) return check(inner, value[name], place);
    return field.required.includes(name) ? [issue(inner, place, "required", "issue.required", { name })] : [];
  });
  const known = [...(by === undefined ? [] : [by]), ...Object.keys(field.fields)];
  const unknown = Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) =>
      issue(field, child(pointer, name), "additionalProperties", "issue.unknown", { name, known: known.join(", ") }),
    );
  return [...own, ...unknown];
}

function checkChoice(field: ChoiceField, value: Fields, pointer: string): Issue[] {
  const { by, branches } = field;
  const branch = branches.find(({ tag }) => tag === value[by]);
  if (!branch) {
    const values = { values: branches.map(({ tag }) => tag).join(" / "), name: by };
    const missing = !Object.hasOwn(value, by);
    return [
      issue(
        field,
        child(pointer, by),
        missing ? "required" : "const",
        missing ? "issue.required" : "issue.oneOf",
        values,
      ),
    ];
  }
  return checkFields(branch, value, pointer, by).map((found) =>
    found.rule === "additionalProperties" && branches.some(({ fields }) => String(found.values["name"]) in fields)
      ? { ...found, word: "issue.foreign" as const, values: { ...found.values, by, tag: branch.tag } }
      : found,
  );
}

function issue(field: Field, pointer: string, rule: string, word: ConsoleWord, values: Issue["values"]): Issue {
  return { pointer, rule, word, values, code: field.codes[rule] };
}

function wrongKind(field: Field, expected: Kind, value: unknown, pointer: string): Issue[] {
  return [{ ...issue(field, pointer, "type", "issue.type", {}), kinds: { expected, found: kindOf(value) } }];
}

function kindOf(value: unknown): Kind {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  const kinds: Readonly<Record<string, Kind>> = { string: "text", number: "number", boolean: "boolean" };
  return kinds[typeof value] ?? "object";
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Pointer of a field inside; `~` and `/` in names are escaped as RFC 6901 says. */
function child(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
