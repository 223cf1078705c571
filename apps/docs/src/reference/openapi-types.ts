/** The parts of the bundle that pages show. */
export interface Description {
  readonly info: { readonly title: string; readonly version: string; readonly summary: string };
  readonly servers: readonly Server[];
  readonly paths: Readonly<Record<string, { readonly post: OperationObject }>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly examples: Readonly<Record<string, Example>>;
  };
  readonly "x-errors": Readonly<Record<"private" | "gateway" | "account", readonly ErrorEntry[]>>;
  readonly "x-limits": Readonly<Record<string, { readonly maximum: number; readonly unit: string }>>;
  readonly "x-documents": Readonly<Record<string, SourceDocument>>;
}

export interface Server {
  readonly url: string;
  readonly description: string;
  /** Missing where the address is any that the reader has. */
  readonly "x-region"?: string;
}

export interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly [string, ...string[]];
  readonly summary: string;
  readonly description: string;
  readonly externalDocs: { readonly url: string };
  readonly "x-rateLimit": { readonly calls: number; readonly seconds: number };
  readonly parameters: readonly Parameter[];
  readonly requestBody: { readonly content: Content };
  readonly responses: { readonly 200: { readonly content: Content } };
}

interface Content {
  readonly "application/json": { readonly schema: Schema; readonly examples: Readonly<Record<string, Example>> };
}

/** A query parameter. */
export interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

/** A credential, which is a query parameter as well. */
export interface SecurityScheme {
  readonly name: string;
  readonly description: string;
  readonly "x-schema": Schema;
}

/** A JSON Schema, as far as the description uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly "x-maxBytes"?: number;
}

export interface Example {
  readonly $ref?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly value: unknown;
}

/** An entry of the error catalogue. */
export interface ErrorEntry {
  readonly code: number;
  readonly name: string;
  readonly message: string;
  readonly cause: string;
  readonly fix: string;
  readonly hint?: string;
  readonly note?: string;
  readonly category: string;
  readonly retry: string;
  readonly operations: readonly string[];
  readonly status: string;
  readonly source: readonly string[];
}

export interface SourceDocument {
  readonly title: string;
  readonly url: string;
  readonly date: string;
}
