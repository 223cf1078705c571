/** The bundle of the OpenAPI description, as far as the generators read it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** A schema of the description, with the extension keywords that are read here. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly "x-maxBytes"?: number;
  readonly "x-maxBytesDisputed"?: number;
  readonly "x-errorCodes"?: Readonly<Record<string, number>>;
  readonly [keyword: string]: unknown;
}

/** One entry of `x-errors`. */
export interface BundleError {
  readonly code: number;
  readonly name: string;
  readonly message: string;
  readonly operations: readonly string[];
}

/** A query parameter. */
export interface BundleParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
  readonly "x-errorCodes"?: Readonly<Record<string, number>>;
}

/** A credential. */
export interface BundleSecurityScheme {
  readonly name: string;
  readonly "x-schema": Schema;
  readonly "x-errorCodes": Readonly<Record<string, number>>;
}

/** One operation. */
export interface BundleOperation {
  readonly operationId: string;
  readonly parameters?: readonly (BundleParameter | { readonly $ref: string })[];
  readonly requestBody: { readonly content: { readonly "application/json": { readonly schema: Schema } } };
  readonly "x-rateLimit": { readonly calls: number; readonly seconds: number; readonly error: number };
}

/** The parts of the bundle that this package reads. */
export interface Bundle {
  readonly info: { readonly version: string };
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, { readonly post: BundleOperation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, BundleSecurityScheme>>;
  };
  readonly "x-limits": Readonly<Record<string, { readonly maximum: number; readonly error: number }>>;
  readonly "x-gate": readonly { readonly check: string; readonly error: number }[];
  readonly "x-errors": Readonly<Record<string, readonly BundleError[]>>;
}

/** Reads the bundle that `@contact-groups/openapi` exports. */
export function readBundle(): Bundle {
  const path = createRequire(import.meta.url).resolve("@contact-groups/openapi/openapi.json");
  return JSON.parse(readFileSync(path, "utf8")) as Bundle;
}

/** Follows a reference inside a description. */
export function resolve(bundle: object, reference: string): unknown {
  return reference
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((node, token) => (node as Record<string, unknown>)[token], bundle);
}

/** The operations, in the order of the bundle. */
export function operationsOf(bundle: Bundle): readonly (readonly [path: string, operation: BundleOperation])[] {
  return Object.entries(bundle.paths).map(([path, item]) => [path, item.post] as const);
}
