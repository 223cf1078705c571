/** A typed reading of the bundle: every API fact that this package uses is taken from here. */
import bundle from "@contact-groups/openapi" with { type: "json" };

/** A JSON Schema 2020-12 object, with the description's own `x-` keywords. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly "x-errorCodes"?: ErrorCodes;
}

/** The code answered when a keyword is broken. `required` belongs to the whole parameter. */
export type ErrorCodes = Readonly<Record<string, number>>;

/** A credential or a parameter of the query string. */
export interface QueryValue {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly errorCodes: ErrorCodes;
  /** True for credentials: their value is never repeated in an answer. */
  readonly secret: boolean;
}

/** Most calls in a span of time. */
export interface RateLimit {
  readonly calls: number;
  readonly seconds: number;
}

export interface Operation {
  readonly operationId: string;
  readonly path: string;
  readonly method: string;
  /** Credentials first, then parameters, each in the order of the description. */
  readonly query: readonly QueryValue[];
  readonly requestSchema: Schema;
  readonly responseSchema: Schema;
  /** The document that describes it. */
  readonly docs: string;
  readonly rateLimit: RateLimit;
  /** False when the documents do not say that a repeated call is safe. */
  readonly idempotent: boolean;
  /** Names of the operation's examples, without those of the error catalogue. */
  readonly successes: readonly string[];
  /** The answers that those names stand for. */
  readonly examples: Readonly<Record<string, unknown>>;
}

/** A check that a request passes before it reaches its operation (`x-gate`). */
export type Check = "path" | "method" | "query" | "size" | "syntax" | "body";

interface Content {
  readonly schema: Schema;
  readonly examples: Readonly<Record<string, object>>;
}

interface OperationObject {
  readonly operationId: string;
  readonly externalDocs: { readonly url: string };
  readonly "x-rateLimit": RateLimit;
  readonly "x-effect": string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly object[];
  readonly requestBody: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, Content>> }>>;
}

interface SecurityScheme {
  readonly name: string;
  readonly "x-schema": Schema;
  readonly "x-errorCodes": ErrorCodes;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
  readonly "x-errorCodes"?: ErrorCodes;
}

/** An entry of the error catalogue. */
export interface CatalogueEntry {
  readonly code: number;
  readonly name: string;
  /** Operations that it can come from. */
  readonly operations: readonly string[];
  readonly fix: string;
  readonly retry: "never" | "backoff" | "throttle" | "refresh-usersig";
  /** Least time before a repeated call. */
  readonly retryAfterSeconds?: number;
}

/** The parts of the OpenAPI document that this package reads. */
export interface Description {
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
  readonly "x-gate": readonly { readonly check: string; readonly error: number }[];
  readonly "x-errors": Readonly<Record<string, readonly CatalogueEntry[]>>;
  readonly externalDocs: { readonly url: string };
  readonly "x-limits": { readonly serviceTimeout: { readonly error: number } };
}

export const description: Description = bundle as unknown as Description;

/** The error catalogue. */
export const catalogue: readonly CatalogueEntry[] = Object.values(description["x-errors"]).flat();

/** Names of the failure examples, one per entry of the error catalogue. */
export const failures: readonly string[] = catalogue.map((entry) => entry.name);

export const operations: readonly Operation[] = operationObjects(description).map(([path, method, operation]) =>
  readOperation(path, method, operation),
);

/** The code that the service answers when this check fails. */
export function gateCode(check: Check): number {
  const gate = description["x-gate"].find((entry) => entry.check === check);
  if (!gate) throw new Error(`x-gate has no check "${check}".`);
  return gate.error;
}

/** Follows a reference inside the document. */
export function resolve(reference: string): unknown {
  return reference
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((node, token) => (node as Record<string, unknown>)[token], description);
}

function operationObjects({
  paths,
}: Description): (readonly [path: string, method: string, operation: OperationObject])[] {
  const entries = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([key, value]) => [path, key, value] as const),
  );
  // A path item can have other members beside its operations.
  return entries.filter(([, , value]) => typeof value === "object" && "operationId" in value);
}

function readOperation(path: string, method: string, operation: OperationObject): Operation {
  const names = (operation.security ?? description.security).flatMap((requirement) => Object.keys(requirement));
  const credentials = names.map((name) => readCredential(name));
  const parameters = (operation.parameters ?? []).map((parameter) => dereference(parameter) as Parameter);
  const response = only(operation.responses["200"]?.content ?? {});
  return {
    operationId: operation.operationId,
    path,
    method: method.toUpperCase(),
    query: [...credentials, ...parameters.filter((it) => it.in === "query").map((it) => readParameter(it))],
    requestSchema: only(operation.requestBody.content).schema,
    responseSchema: response.schema,
    docs: operation.externalDocs.url,
    rateLimit: operation["x-rateLimit"],
    idempotent: operation["x-effect"] === "read",
    successes: Object.keys(response.examples).filter((name) => !failures.includes(name)),
    examples: Object.fromEntries(
      Object.entries(response.examples)
        .filter(([name]) => !failures.includes(name))
        .map(([name, example]) => [name, (dereference(example) as { readonly value: unknown }).value]),
    ),
  };
}

function readCredential(name: string): QueryValue {
  const scheme = description.components.securitySchemes[name];
  if (!scheme) throw new Error(`components.securitySchemes has no "${name}".`);
  return {
    name: scheme.name,
    required: true,
    schema: scheme["x-schema"],
    errorCodes: scheme["x-errorCodes"],
    secret: true,
  };
}

function readParameter(parameter: Parameter): QueryValue {
  const { name, required = false, schema } = parameter;
  return { name, required, schema, errorCodes: parameter["x-errorCodes"] ?? {}, secret: false };
}

function dereference(node: object): object {
  return "$ref" in node ? (resolve(String(node.$ref)) as object) : node;
}

/** Every request and response of the description has one media type. */
function only(content: Readonly<Record<string, Content>>): Content {
  const [first] = Object.values(content);
  if (!first) throw new Error("A body of the description has no content.");
  return first;
}
