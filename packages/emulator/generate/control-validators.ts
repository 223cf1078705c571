import { resolve, type Schema } from "./bundle.ts";
import { controlOperations, type ControlDescription, type ControlOperation, type ControlParameter } from "./control.ts";
import { knownFields } from "./known-fields.ts";
import { forValidator } from "./request-schemas.ts";
import { declareValidator, renderStandalone } from "./standalone.ts";
import { toSource } from "./to-source.ts";

/** Renders the validators of the control API: those of a seed and a fault, and one per other body and set of parameters. */
export function renderControlValidators(description: ControlDescription): string {
  const { bodies, parameters } = validated(description);
  return renderStandalone([
    { schemas: bodies.schemas, coerceTypes: false },
    { schemas: parameters.schemas, coerceTypes: true },
  ]);
}

/** Renders the types of those validators. */
export function renderControlValidatorTypes(description: ControlDescription): string {
  const { bodies, parameters } = validated(description);
  const names = [...Object.keys(bodies.schemas), ...Object.keys(parameters.schemas)];
  return `import type { Validate } from "./validators.js";\n\n${names.map(declareValidator).join("")}`;
}

/** Renders the validators by operation. */
export function renderControlChecks(description: ControlDescription): string {
  const { bodies, parameters } = validated(description);
  const table = (names: Readonly<Record<string, string>>): string =>
    Object.entries(names)
      .map(([id, name]) => `  ${id}: validators.${name},\n`)
      .join("");

  return `import type { ControlOperationId } from "./control-routes.ts";
import * as validators from "./control-validators.js";
import type { Validate } from "./validators.js";

/** Checks of bodies. */
export const bodyChecks: Readonly<Partial<Record<ControlOperationId, Validate>>> = {
${table(bodies.nameOf)}};

/** Checks of parameters, which turn text into numbers where numbers are meant. */
export const parameterChecks: Readonly<Record<ControlOperationId, Validate>> = {
${table(parameters.nameOf)}};

/** The fields that the closed objects of a validator can have, by the place in the schema that an error names. */
export const fields: ReadonlyMap<Validate, Readonly<Partial<Record<string, readonly string[]>>>> = new Map([
${[...Object.entries(bodies.schemas), ...Object.entries(parameters.schemas)].map(([name, schema]) => `  [validators.${name}, ${toSource(knownFields(schema), "  ")}],\n`).join("")}]);
`;
}

/** Validators to be made: the schemas by name, each once, and the name for each operation. */
interface Validated {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly nameOf: Readonly<Record<string, string>>;
}

function validated(description: ControlDescription): Record<"bodies" | "parameters", Validated> {
  const operations = controlOperations(description).map(({ operation }) => operation);
  const shared = ["SeedDocument", "Fault"].map((name): Wanted => [
    `value_${name}`,
    undefined,
    schemaOf(description, name),
  ]);
  const bodies = operations.flatMap(({ operationId: id, requestBody }): Wanted[] =>
    requestBody ? [[`body_${id}`, id, requestBody.content["application/json"].schema]] : [],
  );
  const parameters = operations.map((operation): Wanted => {
    const { operationId: id } = operation;
    return [`parameters_${id}`, id, schemaOfAll(description, operation)];
  });
  return { bodies: once(description, [...shared, ...bodies]), parameters: once(description, parameters) };
}

type Wanted = readonly [name: string, operationId: string | undefined, schema: Schema];

function once(description: ControlDescription, wanted: readonly Wanted[]): Validated {
  const schemas: Record<string, Schema> = {};
  const nameOf: Record<string, string> = {};
  const names = new Map<string, string>();
  for (const [name, id, schema] of wanted) {
    const ready = forValidator(description, schema);
    const text = JSON.stringify(ready);
    const known = names.get(text) ?? name;
    names.set(text, known);
    schemas[known] = ready;
    if (id !== undefined) nameOf[id] = known;
  }
  return { schemas, nameOf };
}

/** One schema of all parameters of an operation. */
function schemaOfAll(description: ControlDescription, { parameters = [] }: ControlOperation): Schema {
  const all = parameters.map((node) => ("$ref" in node ? (resolve(description, node.$ref) as ControlParameter) : node));
  return {
    type: "object",
    properties: Object.fromEntries(all.map(({ name, schema }) => [name, schema])),
    required: all.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function schemaOf({ components }: ControlDescription, name: string): Schema {
  const schema = components.schemas[name];
  if (!schema) throw new Error(`components.schemas has no "${name}".`);
  return schema;
}
