import { didYouMean } from "../rules/nearest.ts";
import { humanTexts } from "./human-texts.ts";
import { escape } from "./pointer.ts";

/** The numbers of a description by the name that a text gives them, such as `limits.groupsPerUser`. */
export type Values = ReadonlyMap<string, number>;

type JsonObject = Readonly<Record<string, unknown>>;

/** The keywords of a schema that bound a value. In a name, `x-` is left out. */
const keywords = [
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "x-maxBytes",
  "x-maxBytesDisputed",
];

/** Longer units of time, in seconds. */
const inSeconds = { minutes: 60, hours: 3_600, days: 86_400, years: 31_536_000 };

/**
 * Returns every number of a bundle that a text can name:
 *
 * - `limits.<name>`, the maximum of an entry of `limits.yaml`; where that is in seconds and a whole number of them, also `limits.<name>.minutes`, `.hours`,
 *   `.days` and `.years` (of 365 days)
 * - `rates.<operationId>`, the calls per second of an operation, and `rates`, those of each operation where all have the same
 * - `schemas.<Schema>.<keyword>` and `schemas.<Schema>.<property>.<keyword>`, also of a property in an `allOf`; `items` is a step of its own
 * - `parameters.<Parameter>.<keyword>`, `securitySchemes.<scheme>.<keyword>`
 * - `errors.<code>.retryAfterSeconds`
 *
 * @example
 * valuesOf(bundle).get("schemas.SearchContactGroupRequest.ContactItem.maxItems"); // 300
 */
export function valuesOf(document: object): Values {
  const values = new Map<string, number>();
  const root = document as JsonObject;
  for (const [name, limit] of entries(root["x-limits"])) {
    put(values, `limits.${name}`, limit["maximum"]);
    if (limit["unit"] !== "seconds") continue;
    for (const [unit, length] of Object.entries(inSeconds))
      put(values, `limits.${name}.${unit}`, Number(limit["maximum"]) / length);
  }

  const rates = entries(root["paths"]).map(([, item]) => {
    const operation = objectOf(item["post"]);
    const { calls, seconds } = objectOf(operation["x-rateLimit"]);
    return { name: `rates.${operation["operationId"] as string}`, rate: Number(calls) / Number(seconds) };
  });
  if (new Set(rates.map(({ rate }) => rate)).size === 1) put(values, "rates", rates[0]!.rate);
  for (const { name, rate } of rates) put(values, name, rate);

  const { schemas, parameters, securitySchemes } = objectOf(root["components"]);
  for (const [name, schema] of entries(schemas)) ofSchema(values, `schemas.${name}`, schema);
  for (const [name, parameter] of entries(parameters))
    ofSchema(values, `parameters.${name}`, objectOf(parameter["schema"]));
  for (const [name, scheme] of entries(securitySchemes))
    ofSchema(values, `securitySchemes.${name}`, objectOf(scheme["x-schema"]));

  for (const entry of Object.values(objectOf(root["x-errors"])).flat().map(objectOf))
    put(values, `errors.${entry["code"] as number}.retryAfterSeconds`, entry["retryAfterSeconds"]);
  return values;
}

/** Returns the message for a name that no value has, with the name that was probably meant. */
export function unknownName(name: string, values: Values): string {
  if (name === "rates")
    return "The operations have different rates. Write a sentence for each, with `{rates.<operationId>}`.";
  if (/^rates\.\w+$/.test(name) && !didYouMean(name, values.keys()))
    return `No value is named \`${name}\`: no operation has this name, or its calls per second are not a whole number.`;
  return `No value is named \`${name}\`. packages/toolchain/bundle/placeholders.ts lists what a text can name.${didYouMean(name, values.keys())}`;
}

function ofSchema(values: Map<string, number>, name: string, schema: JsonObject): void {
  for (const keyword of keywords) put(values, `${name}.${keyword.replace(/^x-/, "")}`, schema[keyword]);
  for (const [end, bit] of Object.entries(objectOf(schema["x-appBits"]))) put(values, `${name}.appBits.${end}`, bit);
  for (const [property, inside] of entries(schema["properties"])) ofSchema(values, `${name}.${property}`, inside);
  if (schema["items"] !== undefined) ofSchema(values, `${name}.items`, objectOf(schema["items"]));
  for (const part of Array.isArray(schema["allOf"]) ? schema["allOf"] : []) ofSchema(values, name, objectOf(part));
}

function put(values: Map<string, number>, name: string, value: unknown): void {
  if (Number.isSafeInteger(value)) values.set(name, value as number);
}

function objectOf(value: unknown): JsonObject {
  return Object(value) as JsonObject;
}

function entries(value: unknown): (readonly [string, JsonObject])[] {
  return Object.entries(objectOf(value)).map(([key, inside]) => [key, objectOf(inside)] as const);
}

/** A name in braces, or a number in braces, which stays as it is: `{limits.groupsPerUser}`, `{schemas.GroupName.maxBytes+1}`, `{100}`. */
export const placeholder: RegExp = /\{(?<name>[A-Za-z][\w-]*(?:\.[\w-]+)*)(?<next>\+1)?\}|\{(?<literal>\d[\d,]*)\}/g;

/**
 * Returns the names in a text that are not placeholders, each as it is written there. In a code span only a name with a dot can be a placeholder: other words in
 * braces are part of the code.
 */
export function unknownPlaceholders(text: string, values: Values): { written: string; name: string }[] {
  const spans = [...text.matchAll(/`[^`]+`/g)].map(({ 0: span, index }) => [index, index + span.length] as const);
  return [...text.matchAll(placeholder)].flatMap(({ 0: written, index, groups }) => {
    const { name } = groups!;
    if (name === undefined || values.has(name)) return [];
    const inCode = spans.some(([start, end]) => index >= start && index < end);
    return inCode && !name.includes(".") ? [] : [{ written, name }];
  });
}

/**
 * Returns a text with its placeholders filled in, as the language writes numbers.
 *
 * @example
 * fillText("Up to {limits.groupedConversations}.", new Map([["limits.groupedConversations", 1000]]), "en"); // "Up to 1,000."
 */
export function fillText(text: string, values: Values, language: string): string {
  return text.replaceAll(placeholder, (written: string, ...match: unknown[]) => {
    const { name, next, literal } = match.at(-1) as { name?: string; next?: string; literal?: string };
    if (literal !== undefined) return literal;
    const value = values.get(name!);
    return value === undefined ? written : new Intl.NumberFormat(language).format(value + (next === undefined ? 0 : 1));
  });
}

/**
 * Returns a copy of a bundle with the placeholders of every human text filled in, and of what the decorators created from such texts. The `ErrorInfo` of an example
 * is a text of the service, so it is in English in every language.
 */
export function fill(document: object, values: Values, language: string): object {
  const texts = humanTexts(document);
  return walk(document, "", "") as object;

  function walk(node: unknown, pointer: string, holder: string): unknown {
    if (typeof node === "string") return texts.has(pointer) ? fillText(node, values, language) : node;
    if (Array.isArray(node)) return node.map((item, index) => walk(item, `${pointer}/${index}`, ""));
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, inside]) => {
        if (typeof inside === "string" && holder === "x-enumDescriptions")
          return [key, fillText(inside, values, language)];
        if (typeof inside === "string" && holder === "value" && key === "ErrorInfo")
          return [key, fillText(inside, values, "en")];
        return [key, walk(inside, `${pointer}/${escape(key)}`, key)];
      }),
    );
  }
}
