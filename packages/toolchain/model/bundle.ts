/** The bundle of the description, as far as the model and the rules read it. */

/** A schema, with the extension keywords of the description. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly unevaluatedProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly "x-maxBytes"?: number;
  readonly "x-maxBytesDisputed"?: number;
  readonly "x-errorCodes"?: Readonly<Record<string, number>>;
  readonly "x-bits"?: Readonly<Record<string, number>>;
  readonly "x-appBits"?: { readonly first: number; readonly last: number };
  readonly "x-source"?: readonly string[];
}

/** A named example, or where it is. */
export interface BundledExample {
  readonly $ref?: string;
  readonly summary?: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly "x-source"?: readonly string[];
}

export interface BundledContent {
  readonly schema: Schema;
  readonly examples: Readonly<Record<string, BundledExample>>;
}

export interface BundledBody {
  readonly description: string;
  readonly content: { readonly "application/json": BundledContent };
}

export interface BundledParameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly description: string;
  readonly required?: boolean;
  readonly schema: Schema;
  readonly "x-errorCodes"?: Readonly<Record<string, number>>;
  readonly "x-source": readonly string[];
}

export interface SecurityScheme {
  readonly name: string;
  readonly description: string;
  readonly "x-schema": Schema;
  readonly "x-errorCodes": Readonly<Record<string, number>>;
  readonly "x-source": readonly string[];
}

export interface BundledOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly externalDocs: { readonly description: string; readonly url: string };
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly BundledParameter[];
  readonly requestBody: BundledBody;
  readonly responses: { readonly "200": BundledBody };
  readonly "x-effect": string;
  readonly "x-idempotent": { readonly value: boolean; readonly description: string };
  readonly "x-rateLimit": {
    readonly calls: number;
    readonly seconds: number;
    readonly scope: string;
    readonly error: number;
  };
  readonly "x-paging"?: BundledPaging;
  readonly "x-batch"?: object;
  readonly "x-itemResults"?: object;
  readonly "x-source": readonly string[];
}

/** The pagination of an operation. */
export interface BundledPaging {
  readonly iterator: string;
  readonly start: string;
  readonly items: string;
  readonly names?: string;
  readonly join?: { readonly ids: string; readonly id: string; readonly name: string; readonly as: string };
}

export interface BundledServer {
  readonly url: string;
  readonly description: string;
  readonly "x-region"?: string;
  readonly "x-backupUrl"?: string;
  readonly "x-status"?: string;
}

/** One entry of the error catalogue. */
export interface BundledError {
  readonly code: number;
  readonly name: string;
  readonly title: string;
  readonly message: string;
  readonly cause: string;
  readonly fix: string;
  readonly hint?: string;
  readonly note?: string;
  readonly category: string;
  readonly retry: string;
  readonly retryAfterSeconds?: number;
  readonly operations: readonly string[];
  readonly status: string;
  readonly source: readonly string[];
}

export interface Limit {
  readonly description: string;
  readonly maximum: number;
  readonly unit: string;
  readonly error: number;
}

export interface BundledDocument {
  readonly title: string;
  readonly language: string;
  readonly date: string;
  readonly url?: string;
}

export interface DescriptionBundle {
  readonly openapi: string;
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly summary: string;
    readonly description: string;
  };
  readonly externalDocs: { readonly description: string; readonly url: string };
  readonly servers: readonly BundledServer[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly tags: readonly { readonly name: string; readonly "x-displayName": string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, BundledOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly examples: Readonly<Record<string, BundledExample>>;
    readonly parameters: Readonly<Record<string, BundledParameter>>;
    readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  };
  readonly "x-errors": Readonly<Record<string, readonly BundledError[]>>;
  readonly "x-limits": Readonly<Record<string, Limit>>;
  readonly "x-requestChecks": readonly {
    readonly check: string;
    readonly description: string;
    readonly error: number;
  }[];
  readonly "x-documents": Readonly<Record<string, BundledDocument>>;
}
