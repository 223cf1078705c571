/** The description of the control API, put together with the schemas that a seed has. */
import { readFileSync } from "node:fs";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { parse } from "yaml";
import type { Bundle, Schema } from "./bundle.ts";
import { seedSchemas } from "./seed-schema.ts";
import { toSource } from "./to-source.ts";

/** A parameter of an operation. */
export interface ControlParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: Schema;
}

/** An operation. */
export interface ControlOperation {
  readonly operationId: string;
  readonly parameters?: readonly (ControlParameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, object>>;
}

/** The parts of the description that the generators read. */
export interface ControlDescription {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, ControlOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const file = "packages/emulator/control.openapi.yaml";

/** Reads `control.openapi.yaml`. What it refers to in `seed.schema.json` is among its own schemas. */
export function readControl(bundle: Bundle): ControlDescription {
  const text = readFileSync(new URL("../control.openapi.yaml", import.meta.url), "utf8");
  const inside = text.replaceAll("./seed.schema.json#/$defs/", "#/components/schemas/");
  const description = parse(inside) as ControlDescription;
  const schemas = { ...description.components.schemas, ...seedSchemas(bundle) };
  return { ...description, components: { ...description.components, schemas } };
}

/** Renders the types of operations and schemas. */
export async function renderControlTypes(description: ControlDescription): Promise<string> {
  return astToString(await openapiTS(structuredClone(description) as unknown as OpenAPI3, { immutable: true }));
}

/** Renders method, path and success status of each operation. */
export function renderControlRoutes(description: ControlDescription): string {
  const base = basePath(description);
  const routes = controlOperations(description).map(({ path, method, operation }) => [
    operation.operationId,
    { method: method.toUpperCase(), path, status: successOf(operation), hasBody: operation.requestBody !== undefined },
  ]);

  return `/** Where the control API begins. */
export const controlBase = ${JSON.stringify(base)};

/** The operations of the control API; their paths come after \`controlBase\`. */
export const controlRoutes = ${toSource(Object.fromEntries(routes))} as const;

/** An operation of the control API. */
export type ControlOperationId = keyof typeof controlRoutes;
`;
}

/** The operations, in the order of the description. */
export function controlOperations({
  paths,
}: ControlDescription): { path: string; method: string; operation: ControlOperation }[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
}

function successOf({ responses }: ControlOperation): number {
  const [status, ...others] = Object.keys(responses).filter((key) => key.startsWith("2"));
  if (status === undefined || others.length > 0)
    throw new Error(`${file}: each operation has one response from 200 to 299. Write one.`);
  return Number(status);
}

function basePath({ servers: [server] }: ControlDescription): string {
  const [, path] = /^https?:\/\/[^/]+(\/.*)$/.exec(server?.url ?? "") ?? [];
  if (path === undefined) throw new Error(`${file}: the first server has a URL with a path. Write it.`);
  return path;
}
