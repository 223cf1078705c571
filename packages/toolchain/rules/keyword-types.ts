/** A kind of node as Redocly describes it: the types of its keys, by name or as a small schema. */
interface TypeDefinition {
  properties: Record<string, unknown>;
  [key: string]: unknown;
}

const text = { type: "string" };
const integer = { type: "integer" };
const texts = { type: "array", items: text };
const oneOf = (...values: string[]): object => ({ enum: values });

const source = { "x-source": texts };
const errorCodes = { "x-errorCodes": "ErrorCodes" };

/** The extension keywords of this description, by the kind of node that they are on. README.md has their meanings. */
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

const types: Record<string, TypeDefinition> = {
  ErrorCodes: { properties: {}, additionalProperties: integer },
  EnumDescriptions: { properties: {}, additionalProperties: text },
  Bits: { properties: {}, additionalProperties: integer },
  BitRange: record({ first: integer, last: integer }),
  Paging: record(
    { iterator: text, start: text, next: text, complete: text, items: text },
    { names: text, join: "Join" },
  ),
  Join: record({ ids: text, id: text, name: text, as: text }),
  Batch: record({ request: text, response: text }, { names: text, namesBy: text }),
  ItemResults: record({ request: text, response: text }),
  RateLimit: record({ calls: integer, seconds: integer, error: integer }),
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

/** The extension keywords without which no program can read the description. */
const requiredKeywords: Readonly<Record<string, readonly string[]>> = {
  Root: Object.keys(keywords["Root"]!),
  SecurityScheme: ["x-schema", "x-errorCodes"],
};

/** Adds the extension keywords to Redocly's types, so that its rule `struct` checks them and rules can visit them by name. */
export function keywordTypes(base: Record<string, TypeDefinition>): Record<string, TypeDefinition> {
  const extended = Object.entries(keywords).map(([name, added]) => {
    const type = base[name]!;
    const required = withKeywords(type["required"], requiredKeywords[name]);
    return [name, { ...type, properties: { ...type.properties, ...added }, ...required }] as const;
  });
  return { ...base, ...types, ...Object.fromEntries(extended) };
}

/** What Redocly requires, a list or a function of the node, with the keywords that are required as well. */
function withKeywords(required: unknown, also: readonly string[] = []): object {
  if (typeof required !== "function") return { required: [...((required as string[] | undefined) ?? []), ...also] };
  return { required: (...node: unknown[]) => [...(required as (...of: unknown[]) => string[])(...node), ...also] };
}

/** A node with these keys and no others. */
function record(required: Record<string, unknown>, optional: Record<string, unknown> = {}): TypeDefinition {
  return { properties: { ...required, ...optional }, required: Object.keys(required) };
}
