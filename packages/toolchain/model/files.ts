import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import type { DescriptionBundle, BundledError } from "./bundle.ts";
import { schemaTypes } from "./schema-types.ts";
import { type DescriptionModel, type ModelOperation, toModel } from "./model.ts";
import { toComment, toKey, toSource, toType, toUnion } from "./source.ts";

/** Returns the languages' models, and the types of all of them: the text by the file's name in `dist`. */
export async function modelFiles(
  bundle: DescriptionBundle,
  model: DescriptionModel,
): Promise<Readonly<Record<string, string>>> {
  return {
    ...modules(bundle, model, "model"),
    "model.d.ts": modelTypesFile(bundle, model),
    "bodies.d.ts": bodyTypesFile(bundle, model),
    "field.d.ts": fieldTypesFile(bundle),
    "types.d.ts": await typesFile(bundle),
  };
}

/** Returns the model in another language, whose types are those of the first. */
export function translatedModelFiles(bundle: DescriptionBundle, language: string): Readonly<Record<string, string>> {
  return {
    ...modules(bundle, toModel(bundle), `model.${language}`),
    [`model.${language}.d.ts`]: `${header(bundle)}\nexport * from "../model.js";\n`,
  };
}

/** Text at the top of each file. */
const header = (bundle: DescriptionBundle): string =>
  `// Made from the OpenAPI description ${bundle.info.version}. Do not edit.\n`;

/** Returns the types of all paths and operations, as openapi-typescript writes them; those of schemas have names in `bodies.d.ts`. */
async function typesFile(bundle: DescriptionBundle): Promise<string> {
  const names = Object.keys(bundle.components.schemas);
  // A copy, because openapi-typescript may write into the object it is given.
  const nodes = await openapiTS(structuredClone(bundle) as unknown as OpenAPI3, {
    transform: (_schema, { path }) => {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(path ?? "")?.[1];
      return name === undefined ? undefined : ts.factory.createTypeReferenceNode(name);
    },
  });
  return `${header(bundle)}\nimport type { ${names.join(", ")} } from "./bodies.d.ts";\n\n${astToString(nodes)}`;
}

/** Returns the types of fields, which the model's types refer to. */
function fieldTypesFile(bundle: DescriptionBundle): string {
  return (
    header(bundle) + readFileSync(createRequire(import.meta.url).resolve("@contact-groups/core/check/field"), "utf8")
  );
}

/**
 * Returns the model as an ES module, and a module for each of its exports. A program that imports it contains what it uses only, also where it is bundled in
 * parts that are loaded one by one.
 */
function modules(
  bundle: DescriptionBundle,
  { exports }: DescriptionModel,
  name: string,
): Readonly<Record<string, string>> {
  const own = exports.map(({ name: exported, doc, value }) => {
    const imports = isCompound(value) ? `\nimport { freeze } from "./freeze.js";\n` : "";
    return [
      `${name}/${exported}.js`,
      `${header(bundle)}${imports}\n${toComment(doc)}\nexport const ${exported} = ${frozen(value)};\n`,
    ] as const;
  });
  return {
    [`${name}.js`]: `${header(bundle)}\n${exports.map(({ name: exported }) => `export { ${exported} } from "./${name}/${exported}.js";\n`).join("")}`,
    [`${name}/freeze.js`]: `${header(bundle)}${freeze}`,
    ...Object.fromEntries(own),
  };
}

const freeze = `
export function freeze(value) {
  if (typeof value === "object" && value !== null) for (const key in Object.freeze(value)) freeze(value[key]);
  return value;
}
`;

function isCompound(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function frozen(value: unknown): string {
  return isCompound(value) ? `/* @__PURE__ */ freeze(${toSource(value)})` : toSource(value);
}

/** Returns the types of the model, to the literal. */
function modelTypesFile(bundle: DescriptionBundle, { exports, operations }: DescriptionModel): string {
  const entries = Object.values(bundle["x-errors"]).flat();
  const union = (key: "category" | "retry" | "status"): string =>
    toUnion(entries.map((entry: BundledError) => entry[key]).toSorted());
  const consts = exports.map(
    ({ name, doc, value, type = toType(value) }) =>
      `\n${toComment(doc)}\nexport declare const ${name}: ${name === "regions" ? regionsType(bundle) : type};\n`,
  );

  return `${header(bundle)}
import type { Field, FieldBase, UnionField } from "./field.d.ts";
import type { components, operations as operationTypes } from "./types.d.ts";

export type * from "./field.d.ts";

type Schemas = components["schemas"];

/** An operation of the service. */
export type OperationId = keyof typeof operations;

/** Body of an operation's request. */
export type RequestBody<Operation extends OperationId> = operationTypes[Operation]["requestBody"]["content"]["application/json"];

/** Body of an operation's response, discriminated by \`ErrorCode\`: 0 is a success. */
export type ResponseBody<Operation extends OperationId> = operationTypes[Operation]["responses"][200]["content"]["application/json"];

/** Body of an operation's response when the call succeeded. */
export type OkBody<Operation extends OperationId> = Extract<ResponseBody<Operation>, { ErrorCode: 0 }>;

/** The fields of a successful response of an operation, in addition to those of every response. */
export type OkMembers<Operation extends OperationId> = Omit<OkBody<Operation>, keyof Schemas["Failure"]>;

/** A query parameter that carries a credential. */
export type CredentialParameter = (typeof credentials)[number];

/** A query parameter. */
export type QueryParameter = (typeof query)[number]["name"];

/** A check that a request passes before its operation. */
export type RequestCheck = keyof typeof requestChecks;

/** Where the cause of a failure lies. */
export type ErrorCategory = ${union("category")};

/** Whether a repeated call can succeed, and what must come first. */
export type RetryAdvice = ${union("retry")};

/** How well a code is documented. */
export type ErrorStatus = ${union("status")};

/** A code of the error catalogue. */
export type KnownErrorCode = keyof typeof errors;

/** Name of an entry of the error catalogue. */
export type ErrorName = keyof typeof errorCodes;

/** An entry of the error catalogue. */
export interface ErrorEntry {
  readonly code: number;
  readonly name: string;
  readonly message: string;
  readonly cause: string;
  readonly fix: string;
  readonly hint?: string;
  readonly note?: string;
  readonly category: ErrorCategory;
  readonly retry: RetryAdvice;
  readonly retryAfterSeconds?: number;
  readonly operations: readonly OperationId[];
  readonly status: ErrorStatus;
  readonly source: readonly string[];
}

/** The documented error codes of each operation. */
export interface OperationErrorCodes {
${operations.map(({ id, codes }) => `  readonly ${id}: ${toUnion(codes)};\n`).join("")}}

/** A region of the service. The data of an app is in one of them, chosen when the app was created. */
export type Region = keyof typeof regions;

/** The whole API. */
export interface Info {
  readonly title: string;
  readonly version: string;
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  readonly docs: { readonly description: string; readonly url: string };
  readonly tags: readonly { readonly name: string; readonly "x-displayName": string; readonly description: string }[];
}

/** A server of the description. */
export interface Server {
  readonly url: string;
  readonly description: string;
  /** Missing where it is any other host. */
  readonly region?: Region;
  /** For the case that the name of the main host is hijacked. */
  readonly backupUrl?: string;
  readonly status?: "legacy";
}

/** What the page of an operation says. */
export interface OperationTexts {
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly docs: { readonly description: string; readonly url: string };
  /** Why it is idempotent, or why not. */
  readonly idempotent: string;
  readonly request: string;
  readonly response: string;
  /** Summaries of the examples, by name. */
  readonly requestExamples: Readonly<Record<string, string>>;
  readonly responseExamples: Readonly<Record<string, string>>;
  /** Documents that the examples are from, by name. \`project\` is this project. */
  readonly responseSources: Readonly<Record<string, readonly string[]>>;
  readonly sources: readonly string[];
}

/** A query parameter. */
export interface QueryField {
  readonly name: QueryParameter;
  readonly credential: boolean;
  readonly required: boolean;
  readonly field: Field & Required<Pick<FieldBase, "description" | "sources">>;
}

/** Key of a document that facts are taken from. */
export type DocumentKey = ${toUnion(Object.keys(bundle["x-documents"]))};

/** A document that facts are taken from. */
export interface Document {
  readonly title: string;
  readonly language: string;
  /** The day the document shows, or the year that it can be dated to. */
  readonly date: string;
  /** Missing where no address is certain. */
  readonly url?: string;
}

/** The operations, each with what its own page says, for the types of methods. */
export interface OperationMap {
${operations.map((operation) => `${operationComment(operation)}\n  readonly ${operation.id}: { readonly request: RequestBody<"${operation.id}">; readonly ok: OkBody<"${operation.id}"> };\n`).join("\n")}}

/** The iterators of the operations whose responses are pages, each with the operation that it calls. */
export interface IteratorMap {
${operations.map(iteratorType).join("")}}

/** What an iterator adds to each item of its pages. */
export interface PageJoins {
${operations.map(joinType).join("")}}
${consts.join("")}`;
}

/** Returns the bodies and the schemas of the description as named types: `CreateContactGroupRequest`, `GroupItem`. */
function bodyTypesFile(bundle: DescriptionBundle, { operations }: DescriptionModel): string {
  const names = new Set(Object.keys(bundle.components.schemas));
  const own = operations.flatMap(({ id, object }) => {
    const base = id.charAt(0).toUpperCase() + id.slice(1);
    const types: Readonly<Record<string, string>> = { Request: "RequestBody", Response: "ResponseBody", Ok: "OkBody" };
    return Object.entries(types)
      .filter(([suffix]) => !names.has(base + suffix))
      .map(
        ([suffix, type]) =>
          `\n${toComment(`${suffix === "Request" ? "Body of the request" : suffix === "Response" ? "Body of the response" : "Body of a successful response"} of "${object.summary}".`)}\nexport type ${base}${suffix} = ${type}<"${id}">;\n`,
      );
  });
  const types = ["OkBody", "RequestBody", "ResponseBody"].filter((type) => own.some((one) => one.includes(`${type}<`)));
  const imports = own.length === 0 ? "" : `\nimport type { ${types.join(", ")} } from "./model.d.ts";\n`;
  return `${header(bundle)}${imports}${own.join("")}${schemaTypes(bundle)}`;
}

function iteratorType({ id, object, paging, document, request }: ModelOperation): string {
  if (paging === undefined) return "";
  const { [paging.start]: _start, ...first } = request ?? {};
  const text = `${object.summary}, from the first page to the last.

Goes through the \`${paging.items}\` of all responses of \`${id}\`, and sends the next request when the items of the page before are used up.

@example
\`\`\`ts
for await (const item of client.${paging.iterator}(${JSON.stringify(first)})) console.log(item);
\`\`\`
@see ${document}`;
  return `${toComment(text, "  ")}\n  readonly ${paging.iterator}: "${id}";\n`;
}

/** Writes what is added to the items of an operation's pages: a name for each of their IDs. */
function joinType({ id, paging, fields }: ModelOperation): string {
  const { names, join } = paging ?? {};
  if (names === undefined || join === undefined) return "";
  const ok = fields.response.type === "union" ? fields.response.alternatives[0]! : fields.response;
  const table = ok.type === "object" ? ok.fields[names] : undefined;
  const row = table?.type === "array" && table.items.type === "object" ? table.items.fields : {};
  const type = (name: string): string => `NonNullable<OkBody<"${id}">["${names}"]>[number]["${name}"]`;
  const member = (name: string, also: string): string =>
    `${toComment(row[name]?.description ?? "", "      ")}\n      readonly ${toKey(name)}: ${type(name)}${also};\n`;
  const text = `The names of \`${join.ids}\`, one for each of them: those in \`${names}\` of this page or an earlier one. \`${join.name}\` is undefined where no page has had it.`;
  return `  readonly ${id}: {\n${toComment(text, "    ")}\n    readonly ${toKey(join.as)}: readonly {\n${member(join.id, "")}${member(join.name, " | undefined")}    }[];\n  };\n`;
}

function operationComment({ object, document, request }: ModelOperation): string {
  const example = `await client.${object.operationId}(${JSON.stringify(request, null, 2)});`;
  return toComment(
    `${object.summary}.\n\n${object.description}\n\n@example\n\`\`\`ts\n${example}\n\`\`\`\n@see ${document}`,
    "  ",
  );
}

function regionsType(bundle: DescriptionBundle): string {
  const lines = bundle.servers.flatMap(({ url, description, "x-region": region, "x-status": status }) =>
    region === undefined
      ? []
      : [
          `${toComment(status === "legacy" ? `@deprecated ${description}` : description, "  ")}\n  readonly ${toKey(region)}: ${JSON.stringify(url)};\n`,
        ],
  );
  return `{\n${lines.join("")}}`;
}
