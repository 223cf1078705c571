/** Reads and checks the description of the control API, and renders the emulator's sources from it and the schemas of a seed. */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Field } from "@contact-groups/core/check";
import type { Schema } from "@contact-groups/toolchain/model/bundle";
import { withoutTexts } from "@contact-groups/toolchain/model/model";
import type { NotSupported } from "@contact-groups/toolchain/model/resolve";
import { toSource } from "@contact-groups/toolchain/model/source";
import { toField } from "@contact-groups/toolchain/model/to-field";
import { placeText, type ProblemLine, toProblems } from "@contact-groups/toolchain/bundle/problem";
import { lintFile } from "@contact-groups/toolchain/bundle/redocly";
import { type ReadFile, SourceCache, unreadable } from "@contact-groups/toolchain/bundle/sources";
import { loadConfig } from "@redocly/openapi-core";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { parse } from "yaml";
import { type EmulatorModel, renderSeedSchema, seedSchemas } from "./seed-schema.ts";

/** A parameter of an operation. */
interface ControlParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: Schema & {
    /** What each value of `enum` stands for. */
    readonly "x-enumDescriptions"?: Readonly<Record<string, string>>;
  };
}

/** An operation. */
interface ControlOperation {
  readonly operationId: string;
  readonly parameters?: readonly (ControlParameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, object>>;
}

/** The parts of the description that the generator reads. */
export interface ControlDescription {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, ControlOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, ControlParameter>>;
  };
}

/** The description's path in the emulator's folder. */
export const controlFile = "control.openapi.yaml";

/** Reads the description, and adds the schemas of `seed.schema.json` that it refers to. */
export function readControl(
  described: EmulatorModel,
  emulator: string,
  text: string = readFileSync(join(emulator, controlFile), "utf8"),
): ControlDescription {
  const inside = text.replaceAll("./seed.schema.json#/$defs/", "#/components/schemas/");
  const description = parse(inside) as ControlDescription;
  const schemas = { ...description.components.schemas, ...seedSchemas(described) };
  return { ...description, components: { ...description.components, schemas } };
}

/** Renders the types of operations and schemas. */
export async function renderControlTypes(description: ControlDescription): Promise<string> {
  return astToString(await openapiTS(structuredClone(description) as unknown as OpenAPI3, { immutable: true }));
}

/** Renders method, path and success status of each operation, and the fields of its parameters and its body. */
export function renderControl(description: ControlDescription): string {
  const operations = operationsOf(description);
  const { bodies, parameters, values } = controlFields(description, () => undefined);
  const routes = operations.map(({ path, method, operation }) => [
    operation.operationId,
    { method: method.toUpperCase(), path, status: successOf(operation) },
  ]);
  const names = new Map(Object.entries(values).map(([name, field]) => [JSON.stringify(field), name]));
  const reference = (field: Field): string => names.get(JSON.stringify(field)) ?? toSource(field);
  const table = (fields: Readonly<Record<string, Field>>): string =>
    `{\n${Object.entries(fields)
      .map(([id, field]) => `  ${id}: ${reference(field)},\n`)
      .join("")}}`;

  return `import type { Field } from "@contact-groups/openapi/model";

/** The path of the control API. */
export const controlBase = ${JSON.stringify(basePath(description))};

/** The operations of the control API; their paths are relative to \`controlBase\`. */
export const controlRoutes = ${toSource(Object.fromEntries(routes))} as const;

/** An operation of the control API. */
export type ControlOperationId = keyof typeof controlRoutes;

${Object.entries(values)
  .map(([name, field]) => `export const ${name}: Field = ${toSource(field)};\n`)
  .join("\n")}
/** The fields of bodies. */
export const controlBodies: Readonly<Partial<Record<ControlOperationId, Field>>> = ${table(bodies)};

/** The fields of all parameters of an operation, as one object; none for an operation without parameters. */
export const controlParameters: Readonly<Partial<Record<ControlOperationId, Field>>> = ${table(parameters)};
`;
}

/** Renders the texts that the inspector shows: of the fields of a fault, and of the presets. */
export function renderTexts(description: ControlDescription): string {
  const fault = toField(description, { $ref: "#/components/schemas/Fault" }, "", () => undefined);
  const parameters = operationsOf(description).flatMap(({ operation }) => operation.parameters ?? []);
  const texts = parameters
    .map((node) => ("schema" in node ? node.schema["x-enumDescriptions"] : undefined))
    .find((found) => found !== undefined);
  return `import type { Field } from "@contact-groups/openapi/model";

/** The fields of a fault with their texts. */
export const faultForm: Field = ${toSource(fault)};

/** What each preset holds. */
export const presetTexts: Readonly<Record<string, string>> = ${toSource(texts)};
`;
}

/** The fields of the control API. */
interface ControlFields {
  readonly bodies: Readonly<Record<string, Field>>;
  readonly parameters: Readonly<Record<string, Field>>;
  /** Documents that are not only checked as request bodies: a seed and a fault. */
  readonly values: Readonly<Record<string, Field>>;
}

/** Creates the fields of the control API, and reports keywords that no check supports. */
function controlFields(description: ControlDescription, report: (problem: NotSupported) => void): ControlFields {
  const toPlain = (schema: Schema, at: string): Field => withoutTexts(toField(description, schema, at, report));
  const operations = operationsOf(description);
  const value = (name: string): Field => toPlain({ $ref: `#/components/schemas/${name}` }, "");
  return {
    bodies: Object.fromEntries(
      operations.flatMap(({ at, operation: { operationId, requestBody } }) => {
        const schema = requestBody?.content["application/json"].schema;
        return schema ? [[operationId, toPlain(schema, `${at}/requestBody/content/application~1json/schema`)]] : [];
      }),
    ),
    parameters: Object.fromEntries(
      operations.flatMap(({ at, operation: { operationId, parameters } }) =>
        parameters ? [[operationId, toPlain(schemaOfAll(description, parameters), `${at}/parameters`)]] : [],
      ),
    ),
    values: { seedField: value("SeedDocument"), faultField: value("Fault") },
  };
}

/** One schema of all parameters of an operation. */
function schemaOfAll(
  { components }: ControlDescription,
  parameters: NonNullable<ControlOperation["parameters"]>,
): Schema {
  const all = parameters.map((node) =>
    "$ref" in node ? components.parameters[node.$ref.slice(node.$ref.lastIndexOf("/") + 1)]! : node,
  );
  return {
    type: "object",
    properties: Object.fromEntries(all.map(({ name, schema }) => [name, schema])),
    required: all.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

interface PlacedOperation {
  readonly at: string;
  readonly path: string;
  readonly method: string;
  readonly operation: ControlOperation;
}

/** The operations, in the order of the description. */
function operationsOf({ paths }: ControlDescription): readonly PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      at: `/paths/${path.replaceAll("/", "~1")}/${method}`,
      path,
      method,
      operation,
    })),
  );
}

const file = "packages/emulator/control.openapi.yaml";

function successOf({ responses }: ControlOperation): number {
  const [status, ...others] = Object.keys(responses).filter((key) => key.startsWith("2"));
  if (status === undefined || others.length > 0)
    throw new Error(`${file}: each operation must have exactly one response from 200 to 299.`);
  return Number(status);
}

function basePath({ servers: [server] }: ControlDescription): string {
  const [, path] = /^https?:\/\/[^/]+(\/.*)$/.exec(server?.url ?? "") ?? [];
  if (path === undefined) throw new Error(`${file}: the first server must have a URL with a path.`);
  return path;
}

/**
 * Returns the problems of `control.openapi.yaml` with their lines: of its YAML, by the rules of `control.redocly.yaml`, and keywords that no check
 * supports.
 */
export async function controlProblems(
  described: EmulatorModel,
  emulator: string,
  readFile: ReadFile = (path) => readFileSync(path),
): Promise<ProblemLine[]> {
  const show = (path: string): string => `packages/emulator/${relative(emulator, path)}`;
  // The description refers to the schema as it will be generated.
  const seedSchema = join(emulator, "seed.schema.json");
  const read: ReadFile = (path) => (path === seedSchema ? Buffer.from(renderSeedSchema(described)) : readFile(path));
  const snapshot = new SourceCache(read).snapshot();
  const path = join(emulator, controlFile);
  const ofText = unreadable([path], snapshot, show);
  if (ofText.length > 0) return ofText;
  const config = await loadConfig({ configPath: join(emulator, "control.redocly.yaml") });
  const ofForm = await toProblems(await lintFile({ path, kind: "oas3_1", alias: "control" }, config, snapshot), show);
  if (ofForm.length > 0) return ofForm;
  const source = snapshot.read(path);
  const ofFields: ProblemLine[] = [];
  controlFields(readControl(described, emulator, source.body), ({ pointer, message }: NotSupported) =>
    ofFields.push(`${placeText({ source, pointer: `#${pointer}` }, show)} ${message}`),
  );
  return [...new Set(ofFields)];
}
