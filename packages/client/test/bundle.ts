/** The bundle, with which tests compare the model. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** A schema, as far as the tests read it. */
export interface BundleSchema {
  readonly $ref?: string;
  readonly oneOf?: readonly BundleSchema[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly items?: BundleSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly "x-maxBytes"?: number;
  readonly "x-maxBytesDisputed"?: number;
  readonly properties?: Readonly<Record<string, BundleSchema>>;
}

interface Operation {
  readonly operationId: string;
  readonly requestBody: { readonly content: { readonly "application/json": { readonly schema: BundleSchema } } };
}

interface Bundle {
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, BundleSchema>>;
    readonly examples: Readonly<Record<string, { readonly value: Readonly<Record<string, unknown>> }>>;
  };
  readonly "x-errors": Readonly<Record<string, readonly { readonly code: number; readonly hint?: string }[]>>;
}

export const bundle: Bundle = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("@contact-groups/openapi/openapi.json"), "utf8"),
);
