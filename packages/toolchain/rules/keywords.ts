import { didYouMean } from "./nearest.ts";
import type { Context, RuleVisitor } from "./visitor.ts";

/** A kind of node as Redocly describes it: the types of its keys, by name or as a small schema. */
interface RedoclyNodeType {
  properties: Record<string, unknown>;
  [key: string]: unknown;
}

const text = { type: "string" };
const integer = { type: "integer" };
const texts = { type: "array", items: text };
const integers = { type: "array", items: integer };
const oneOf = (...values: string[]): object => ({ enum: values });

const source = { "x-source": texts };
const errorCodes = { "x-errorCodes": "ErrorCodes" };

/** The extension keywords of this description, by the kind of node that they are on. openapi/README.md explains them. */
export const keywords: Record<string, Record<string, unknown>> = {
  Root: {
    "x-limits": "Limits",
    "x-requestChecks": "RequestChecks",
    "x-errors": "ErrorCatalogue",
    "x-documents": "Documents",
  },
  Info: source,
  Tag: { "x-displayName": text },
  Server: { "x-region": text, "x-backupUrl": text, "x-status": oneOf("legacy"), ...source },
  Operation: {
    "x-effect": oneOf("read", "create", "change", "delete"),
    "x-idempotent": "Idempotent",
    "x-rateLimit": "RateLimit",
    "x-paging": "Paging",
    "x-batch": "Batch",
    "x-itemResults": "ItemResults",
    ...source,
  },
  Parameter: { ...errorCodes, ...source },
  SecurityScheme: { "x-schema": "Schema", ...errorCodes, ...source },
  Example: source,
  Schema: {
    "x-maxBytes": integer,
    "x-maxBytesDisputed": integer,
    "x-bound": text,
    "x-bits": "Bits",
    "x-appBits": "BitRange",
    "x-enum-varnames": texts,
    "x-enumDescriptions": "EnumDescriptions",
    ...errorCodes,
    ...source,
  },
};

const types: Record<string, RedoclyNodeType> = {
  ErrorCodes: { properties: {}, additionalProperties: integer },
  EnumDescriptions: { properties: {}, additionalProperties: text },
  Bits: { properties: {}, additionalProperties: integer },
  BitRange: record({ first: integer, last: integer }),
  Paging: record(
    { iterator: text, start: text, next: text, complete: text, items: text },
    { names: text, join: "Join" },
  ),
  Join: record({ ids: text, id: text, name: text, as: text }),
  Idempotent: record({ value: { type: "boolean" }, description: text }),
  Batch: record({ request: text, response: text }, { names: text, namesBy: text, itemErrors: integers }),
  ItemResults: record({ request: text, response: text }),
  RateLimit: record({ calls: integer, seconds: integer, scope: oneOf("undocumented"), error: integer }),
  Limits: { properties: {}, additionalProperties: "Limit" },
  Limit: record({ description: text, maximum: integer, unit: text, error: integer }, source),
  RequestChecks: { properties: {}, items: "RequestCheck" },
  RequestCheck: record({ check: text, description: text, error: integer }, source),
  Documents: { properties: {}, additionalProperties: "Document" },
  Document: record({ title: text, language: text, date: text }, { url: text }),
  ErrorCatalogue: record({ private: "ErrorEntries", gateway: "ErrorEntries", account: "ErrorEntries" }),
  ErrorEntries: { properties: {}, items: "ErrorEntry" },
  ErrorEntry: record(
    {
      code: integer,
      name: text,
      title: text,
      message: text,
      cause: text,
      fix: text,
      category: oneOf("request", "auth", "throttle", "transient", "application"),
      retry: oneOf("never", "backoff", "throttle", "refresh-usersig"),
      operations: (value: unknown) => (typeof value === "string" ? oneOf("all") : texts),
      status: oneOf("current", "legacy", "unverified"),
      source: texts,
    },
    { hint: text, retryAfterSeconds: integer, note: text },
  ),
};

/** The extension keywords that every program needs. */
const requiredKeywords: Readonly<Record<string, readonly string[]>> = {
  Root: Object.keys(keywords["Root"]!),
  SecurityScheme: ["x-schema", "x-errorCodes"],
};

/** Adds the extension keywords to Redocly's types, so that its rule `struct` checks them and rules can visit them by name. */
export function keywordTypes(base: Record<string, RedoclyNodeType>): Record<string, RedoclyNodeType> {
  const extended = Object.entries(keywords).map(([name, added]) => {
    const type = base[name]!;
    const required = withKeywords(type["required"], requiredKeywords[name]);
    return [name, { ...type, properties: { ...type.properties, ...added }, ...required }] as const;
  });
  return { ...base, ...types, ...Object.fromEntries(extended) };
}

/** Adds required keywords to those that Redocly requires, which are a list or a function of the node. */
function withKeywords(required: unknown, also: readonly string[] = []): object {
  if (typeof required !== "function") return { required: [...((required as string[] | undefined) ?? []), ...also] };
  return { required: (...node: unknown[]) => [...(required as (...of: unknown[]) => string[])(...node), ...also] };
}

/** Returns a node with these keys and no others. */
function record(required: Record<string, unknown>, optional: Record<string, unknown> = {}): RedoclyNodeType {
  return { properties: { ...required, ...optional }, required: Object.keys(required) };
}

/** Creates the rule `known-keywords`: an extension keyword is declared above for its kind of node, so that a misspelt one is not ignored. */
export function knownKeywords(): RuleVisitor {
  return {
    any: checkKeywords,
    // Keywords next to a `$ref` are not part of the node that it leads to.
    ref: checkKeywords,
  };
}

/** The content of an undeclared keyword, which is reported itself, and `x-errorCodes`, whose keys are keywords of the schema. */
const unchecked = new Set(["SpecExtension", "ErrorCodes"]);

function checkKeywords(node: object, { location, report, type }: Context): void {
  if (unchecked.has(type.name)) return;
  const declared = Object.keys(type.properties).filter((key) => key.startsWith("x-"));
  for (const keyword of Object.keys(node)) {
    if (!keyword.startsWith("x-") || declared.includes(keyword)) continue;
    const owners = Object.keys(keywords).filter((owner) => Object.hasOwn(keywords[owner]!, keyword));
    report({
      message: `Keyword \`${keyword}\` is not declared for ${type.name}. ${owners.length > 0 ? belongs(keyword, owners) : unknown(keyword, declared)}`,
      location: location.child([keyword]).key(),
    });
  }
}

function belongs(keyword: string, owners: readonly string[]): string {
  return `\`${keyword}\` belongs to ${owners.join(", ")}: move it there, or correct its indentation.`;
}

function unknown(keyword: string, declared: readonly string[]): string {
  return `${didYouMean(keyword, declared)} Declare a new keyword in packages/toolchain/rules/keywords.ts and list it in openapi/README.md.`.trim();
}
