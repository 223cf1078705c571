/** The bundle of the OpenAPI description, as far as the generators read it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** One entry of `x-errors`. */
export interface BundleError {
  readonly code: number;
  readonly name: string;
  readonly message: string;
  readonly cause: string;
  readonly fix: string;
  readonly category: string;
  readonly retry: string;
  readonly operations: readonly string[];
  readonly status: string;
  readonly hint?: string;
  readonly retryAfterSeconds?: number;
  readonly source: readonly string[];
}

/** One entry of `servers`; the one with a variable host has no region. */
export interface BundleServer {
  readonly url: string;
  readonly description: string;
  readonly "x-region"?: string;
  readonly "x-status"?: string;
}

/** A named example: a request body or a response body. */
export interface BundleExample {
  readonly value: Readonly<Record<string, unknown>>;
}

/** A map from an example's name to the example, or to where it is. */
export type BundleExamples = Readonly<Record<string, BundleExample | { readonly $ref: string }>>;

/** One operation. */
export interface BundleOperation {
  readonly operationId: string;
  readonly "x-rateLimit": { readonly calls: number; readonly seconds: number };
  readonly "x-effect": string;
  readonly requestBody: {
    readonly content: {
      readonly "application/json": { readonly examples: BundleExamples; readonly schema: BundleSchema };
    };
  };
  readonly responses: {
    readonly "200": { readonly content: { readonly "application/json": { readonly examples: BundleExamples } } };
  };
}

/** One entry of `x-limits`: a limit that no single schema can carry. */
export interface BundleLimit {
  readonly maximum: number;
  readonly unit: string;
  readonly error: number;
}

/** A schema, as far as the generators read it. */
export interface BundleSchema {
  readonly $ref?: string;
  readonly oneOf?: readonly BundleSchema[];
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly items?: BundleSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly "x-maxBytes"?: number;
  readonly "x-maxBytesDisputed"?: number;
  readonly "x-bits"?: Readonly<Record<string, number>>;
  readonly "x-appBits"?: { readonly first: number; readonly last: number };
  readonly properties?: Readonly<Record<string, BundleSchema>>;
}

/** The parts of the bundle that this package reads. */
export interface Bundle {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly BundleServer[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, { readonly post: BundleOperation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, BundleSchema>>;
    readonly examples: Readonly<Record<string, BundleExample>>;
    readonly securitySchemes: Readonly<Record<string, { readonly name: string }>>;
  };
  readonly "x-documents": Readonly<Record<string, { readonly url?: string }>>;
  readonly "x-errors": Readonly<Record<string, readonly BundleError[]>>;
  readonly "x-limits": Readonly<Record<string, BundleLimit>>;
}

/** Reads the bundle that `@contact-groups/openapi` exports. */
export function readBundle(): Bundle {
  return readExport("@contact-groups/openapi/openapi.json") as Bundle;
}

/** Reads the error catalogue that `@contact-groups/openapi` exports on its own. */
export function readErrors(): Bundle["x-errors"] {
  return readExport("@contact-groups/openapi/errors.json") as Bundle["x-errors"];
}

function readExport(specifier: string): unknown {
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve(specifier), "utf8"));
}
