/** The bundle of the OpenAPI description, as far as the generators read it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** One entry of `x-errors`. */
export interface BundleError {
  readonly code: number;
  readonly name: string;
  readonly message: string;
  readonly fix: string;
  readonly category: string;
  readonly retry: string;
  readonly operations: readonly string[];
  readonly status: string;
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

/** A map from an example's name to where the example is. */
export type BundleExamples = Readonly<Record<string, { readonly $ref: string }>>;

/** One operation. */
export interface BundleOperation {
  readonly operationId: string;
  readonly responses: {
    readonly "200": { readonly content: { readonly "application/json": { readonly examples: BundleExamples } } };
  };
}

/** The parts of the bundle that this package reads. */
export interface Bundle {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly BundleServer[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, { readonly post: BundleOperation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly enum?: readonly unknown[] }>>;
    readonly examples: Readonly<Record<string, BundleExample>>;
    readonly securitySchemes: Readonly<Record<string, { readonly name: string }>>;
  };
  readonly "x-errors": Readonly<Record<string, readonly BundleError[]>>;
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
