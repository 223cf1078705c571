import { didYouMean } from "../rules/nearest.ts";

/** The numbers of a description by the name that a text gives them, such as `limits.groupsPerUser`. */
export type Values = ReadonlyMap<string, number>;

type Node = Readonly<Record<string, unknown>>;

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
 * Every number of a bundle that a text can name:
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
  const root = document as Node;
  for (const [name, limit] of entries(root["x-limits"])) {
    put(values, `limits.${name}`, limit["maximum"]);
    if (limit["unit"] !== "seconds") continue;
    for (const [unit, length] of Object.entries(inSeconds))
      put(values, `limits.${name}.${unit}`, Number(limit["maximum"]) / length);
  }

  const rates = entries(root["paths"]).map(([, item]) => {
    const operation = node(item["post"]);
    const { calls, seconds } = node(operation["x-rateLimit"]);
    return { name: `rates.${operation["operationId"] as string}`, rate: Number(calls) / Number(seconds) };
  });
  if (new Set(rates.map(({ rate }) => rate)).size === 1) put(values, "rates", rates[0]!.rate);
  for (const { name, rate } of rates) put(values, name, rate);

  const { schemas, parameters, securitySchemes } = node(root["components"]);
  for (const [name, schema] of entries(schemas)) ofSchema(values, `schemas.${name}`, schema);
  for (const [name, parameter] of entries(parameters))
    ofSchema(values, `parameters.${name}`, node(parameter["schema"]));
  for (const [name, scheme] of entries(securitySchemes))
    ofSchema(values, `securitySchemes.${name}`, node(scheme["x-schema"]));

  for (const entry of Object.values(node(root["x-errors"])).flat().map(node))
    put(values, `errors.${entry["code"] as number}.retryAfterSeconds`, entry["retryAfterSeconds"]);
  return values;
}

/** What is wrong with a name that no value has, and what was meant. */
export function unknownName(name: string, values: Values): string {
  if (name === "rates")
    return "The operations have different rates. Write a sentence for each, with `{rates.<operationId>}`.";
  if (/^rates\.\w+$/.test(name) && !didYouMean(name, values.keys()))
    return `There is no value \`${name}\`: no operation has this name, or its calls per second are no whole number.`;
  return `There is no value \`${name}\`. The toolchain's bundle/values.ts says what a text can name.${didYouMean(name, values.keys())}`;
}

function ofSchema(values: Map<string, number>, name: string, schema: Node): void {
  for (const keyword of keywords) put(values, `${name}.${keyword.replace(/^x-/, "")}`, schema[keyword]);
  for (const [end, bit] of Object.entries(node(schema["x-appBits"]))) put(values, `${name}.appBits.${end}`, bit);
  for (const [property, inside] of entries(schema["properties"])) ofSchema(values, `${name}.${property}`, inside);
  if (schema["items"] !== undefined) ofSchema(values, `${name}.items`, node(schema["items"]));
  for (const part of Array.isArray(schema["allOf"]) ? schema["allOf"] : []) ofSchema(values, name, node(part));
}

function put(values: Map<string, number>, name: string, value: unknown): void {
  if (Number.isSafeInteger(value)) values.set(name, value as number);
}

function node(value: unknown): Node {
  return Object(value) as Node;
}

function entries(value: unknown): (readonly [string, Node])[] {
  return Object.entries(node(value)).map(([key, inside]) => [key, node(inside)] as const);
}
