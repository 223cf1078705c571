import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { keywords } from "../../rules/keywords.ts";

/** An example of the bundle, or a `$ref` to one. */
export interface Example {
  $ref?: string;
  value: { ActionStatus?: string; ErrorCode?: number };
}

interface MediaType {
  schema: object;
  examples: Record<string, Example>;
}

interface Content {
  content: { "application/json": MediaType };
}

/** One entry of the error catalogue. */
export interface ErrorEntry {
  code: number;
  name: string;
  operations: string[];
  source: string[];
}

/** The bundle, as far as the tests look at it. */
export interface Bundle {
  paths: Record<string, { post: { operationId: string; requestBody: Content; responses: { 200: Content } } }>;
  components: {
    schemas: Record<string, { enum?: number[] }>;
    examples: Record<string, Example>;
    [kind: string]: Record<string, unknown>;
  };
  "x-errors": Record<string, ErrorEntry[]>;
  "x-documents": Record<string, unknown>;
}

/** A body, seen from the caller. */
export type Direction = "request" | "response";

export const root: URL = new URL("../../../../openapi/", import.meta.url);

/** The folder of the description. */
export const folder: string = fileURLToPath(root).replace(/[\\/]$/, "");

export const bundle: Bundle = JSON.parse(readFileSync(new URL("dist/openapi.json", root), "utf8"));

/** The commands, such as `create_contact_group`, each the last segment of its path. */
export const commands: string[] = Object.keys(bundle.paths).map((path) => path.split("/").at(-1)!);

const ajv = new Ajv2020({ strict: true, allErrors: true, logger: { log: fail, warn: fail, error: fail } });
formats.default(ajv);
ajv.addVocabulary(Object.keys(keywords["Schema"]!));
// Ajv reads the bundle as a schema, and strict mode requires declared keywords at its root too.
ajv.addVocabulary(Object.keys(bundle));
ajv.addSchema(bundle, "bundle");

/** What the bundle says about one command's request or 200 response. */
export function mediaType(command: string, direction: Direction): MediaType {
  const { post } = bundle.paths[pathOf(command)]!;
  return (direction === "request" ? post.requestBody : post.responses[200]).content["application/json"];
}

/** Compiles the bundle's schema of one command's request or 200 response. */
export function validator(command: string, direction: Direction): ValidateFunction {
  const body = direction === "request" ? "requestBody" : "responses/200";
  return ajv.compile({
    $ref: `bundle#/paths/${pathOf(command).replaceAll("/", "~1")}/post/${body}/content/application~1json/schema`,
  });
}

/** Follows the `$ref` of an example. */
export function resolveExample(example: Example): Example {
  return example.$ref === undefined ? example : bundle.components.examples[example.$ref.split("/").at(-1)!]!;
}

function pathOf(command: string): string {
  return `/v4/recentcontact/${command}`;
}

/** Throws what Ajv's strict mode logs. */
function fail(...message: unknown[]): never {
  throw new Error(message.join(" "));
}
