import type { Field, ObjectField, UnionField } from "@contact-groups/openapi/model";
import type { Lang } from "../locales.ts";
import { type Say, wordsOf } from "../words/words.ts";

/** A field of a request or a response with all that is said of it in one language. Every face of the reference shows this: pages, Redoc and Markdown. */
export interface FieldNode {
  readonly name: string;
  /** Path from the body, such as `GroupContactItem[].GroupName`. */
  readonly path: string;
  /** ID of the field on its page, such as `request.GroupContactItem.GroupName`. */
  readonly anchor: string;
  /** Such as `string` or `object[]`. */
  readonly type: string;
  readonly required: boolean;
  /** The other field and its values with which this one occurs; undefined where it always can. */
  readonly condition: string | undefined;
  /** What bounds the value, a phrase each. */
  readonly limits: readonly string[];
  /** The values that select what else the object holds, with their meaning. */
  readonly choices: readonly { readonly value: string; readonly meaning: string }[];
  /** In Markdown; can be empty. */
  readonly description: string;
  /** The error codes that a broken limit is answered with, where the documents name them. */
  readonly errors: readonly number[];
  readonly fields: readonly FieldNode[];
  /** The field of the request that holds the same fields. */
  readonly sameAs: Pick<FieldNode, "anchor" | "path"> | undefined;
}

/** Returns the fields inside a field, in the order of the description. `side` is the first part of their anchors. */
export function fieldTree(field: Field, side: string, lang: Lang): readonly FieldNode[] {
  return fieldsIn(field, { path: "", anchor: side, say: wordsOf(lang) });
}

/** Returns the fields of a tree, each before those inside it. */
export function flatten(fields: readonly FieldNode[]): readonly FieldNode[] {
  return fields.flatMap((field) => [field, ...flatten(field.fields)]);
}

/** Names the field of a request that holds the same fields as one of a response. */
export function linkRepeated(response: readonly FieldNode[], request: readonly FieldNode[]): readonly FieldNode[] {
  const known = new Map(flatten(request).map((field) => [contentOf(field), field]));
  const link = (field: FieldNode): FieldNode =>
    field.fields.length === 0
      ? field
      : { ...field, fields: field.fields.map(link), sameAs: known.get(contentOf(field)) };
  return response.map(link);
}

function contentOf({ fields }: FieldNode): string {
  return (
    JSON.stringify(fields.map(({ anchor: _1, path: _2, fields: _3, ...said }) => said)) + fields.map(contentOf).join()
  );
}

interface Place {
  readonly path: string;
  readonly anchor: string;
  readonly say: Say;
}

function fieldsIn(field: Field, place: Place): readonly FieldNode[] {
  switch (field.type) {
    case "object":
      return fieldsOf(field, place);
    case "array":
      return fieldsIn(field.items, { ...place, path: `${place.path}[]` });
    case "union":
      return fieldsOfUnion(field, place);
  }
  return [];
}

function fieldsOf(field: ObjectField, { path, anchor, ...rest }: Place): readonly FieldNode[] {
  return Object.entries(field.fields).map(([name, inner]) => {
    const place = { ...rest, path: path ? `${path}.${name}` : name, anchor: `${anchor}.${name}` };
    return {
      name,
      path: place.path,
      anchor: place.anchor,
      type: inner.type === "array" ? `${typeOf(inner.items)}[]` : typeOf(inner),
      required: field.required.includes(name),
      condition: undefined,
      limits: limitTexts(inner, rest.say),
      choices: [],
      description: inner.description ?? "",
      errors: [...new Set(Object.values(inner.errors ?? {}))],
      fields: fieldsIn(inner, place),
      sameAs: undefined,
    };
  });
}

/** A field of several alternatives is one entry. The field that selects the alternative comes first, and says what each of its values means. */
function fieldsOfUnion({ by, alternatives }: UnionField, place: Place): readonly FieldNode[] {
  const lists = alternatives.map((alternative) => fieldsOf(alternative, place));
  const names = new Set(lists.flat().map(({ name }) => name));
  const joined = [...names].map((name) => {
    const found = lists.flatMap((list, index) =>
      list.filter((field) => field.name === name).map((field) => ({ field, alternative: alternatives[index] })),
    );
    const [first] = found;
    if (!first) throw new Error(`No alternative has the field ${name}.`);
    if (name === by) {
      const choices = found.map(({ alternative }) => ({
        value: JSON.stringify(alternative?.value),
        meaning: alternative?.description ?? "",
      }));
      return { ...first.field, description: "", limits: [], choices };
    }
    const own = found.map(({ alternative }) => String(alternative?.value));
    const condition =
      own.length === alternatives.length
        ? undefined
        : place.say("only", { field: by, values: own.join(place.say("or")) });
    const descriptions = new Set(found.map(({ field }) => field.description));
    return {
      ...first.field,
      condition,
      description: [...descriptions].join(place.say("betweenSentences")),
      required: found.every(({ field }) => field.required),
    };
  });
  // The sort is stable: the selecting field, what all alternatives have, and the rest.
  const rank = ({ name, condition }: FieldNode): number => (name === by ? 0 : condition === undefined ? 1 : 2);
  return joined.toSorted((left, right) => rank(left) - rank(right));
}

function typeOf(field: Field): string {
  if (field.type === "scalar") return field.types.join(" | ");
  return field.type === "union" ? "object" : field.type;
}

function limitTexts(field: Field, say: Say): string[] {
  switch (field.type) {
    case "array": {
      const each = limitTexts(field.items, say);
      return [
        ...within("items", field.minItems, field.maxItems, say),
        ...(each.length > 0 ? [say("each", { limits: each.join(say("and")) })] : []),
      ];
    }
    case "string": {
      const { minLength, maxLength, maxBytes, pattern } = field;
      const length =
        maxBytes === undefined
          ? within("characters", minLength, maxLength, say)
          : within("bytes", minLength, maxBytes, say);
      return [...valueTexts(field, say), ...length, ...(pattern === undefined ? [] : [patternText(pattern, say)])];
    }
    case "integer":
    case "number":
      return [...valueTexts(field, say), ...within("number", field.minimum, field.maximum, say)];
  }
  return valueTexts(field, say);
}

function valueTexts({ enum: values }: Field, say: Say): string[] {
  if (!values) return [];
  return [
    say(values.length === 1 ? "value" : "values", { values: values.map((value) => JSON.stringify(value)).join(", ") }),
  ];
}

type Unit = "items" | "characters" | "bytes" | "number";

function within(unit: Unit, from: number | undefined, to: number | undefined, say: Say): string[] {
  if (to === undefined)
    return from === undefined || (from === 0 && unit !== "number") ? [] : [say(`${unit}.atLeast`, { from })];
  if (from === undefined || (from === 0 && unit !== "number")) return [say(`${unit}.atMost`, { to })];
  return [from === to ? say(`${unit}.exactly`, { to }) : say(`${unit}.range`, { from, to })];
}

/** Patterns that words say better. */
const patterns = {
  "^[\\x20-\\x7E]+$": "pattern.ascii",
  "^[A-Za-z0-9*_-]+$": "pattern.userSig",
  "^[01]*$": "pattern.bits",
} as const;

function patternText(pattern: string, say: Say): string {
  const [, from, to] = /^\^\[0-9\]\{(\d+),(\d+)\}\$$/.exec(pattern) ?? [];
  if (from !== undefined) return say("pattern.digits", { from, to });
  const word = (patterns as Readonly<Record<string, (typeof patterns)[keyof typeof patterns]>>)[pattern];
  return word === undefined ? say("pattern", { pattern }) : say(word);
}
