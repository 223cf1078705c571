import type { Description, Example, OperationObject, Parameter, Schema } from "./openapi-types.ts";

/** An operation with what its page shows. */
export interface Operation {
  readonly id: string;
  /** Last segment of the path, as the official documents name the operation. */
  readonly slug: string;
  readonly path: string;
  readonly object: OperationObject;
  /** Credentials first. */
  readonly query: readonly { readonly name: string; readonly description: string; readonly schema: Schema }[];
  readonly requestSchema: Schema;
  readonly okSchema: Schema;
  readonly requests: readonly NamedExample[];
  readonly responses: readonly NamedExample[];
}

/** An example under the name that the operation gives it. */
export interface NamedExample extends Example {
  readonly name: string;
}

/** The operations in the order of the description. */
export function operations(description: Description): readonly Operation[] {
  return Object.entries(description.paths).map(([path, { post: object }]) => {
    const request = object.requestBody.content["application/json"];
    const response = object.responses[200].content["application/json"];
    const okSchema = response.schema.oneOf?.[0] ?? response.schema;
    const failures = new Set(
      Object.values(description["x-errors"]).flatMap((entries) => entries.map(({ name }) => name)),
    );
    return {
      id: object.operationId,
      slug: path.slice(path.lastIndexOf("/") + 1),
      path,
      object,
      query: query(description, object),
      requestSchema: request.schema,
      okSchema,
      requests: examples(description, request.examples),
      responses: examples(description, response.examples).filter(({ name }) => !failures.has(name)),
    };
  });
}

function query(description: Description, object: OperationObject): Operation["query"] {
  const { securitySchemes, parameters } = description.components;
  const credentials = Object.values(securitySchemes).map((scheme) => ({ ...scheme, schema: scheme["x-schema"] }));
  const own = object.parameters.map((parameter) => resolve(parameters, parameter) as Parameter);
  return [...credentials, ...own];
}

function examples(description: Description, named: Readonly<Record<string, Example>>): NamedExample[] {
  return Object.entries(named).map(([name, example]) => ({
    ...resolve(description.components.examples, example),
    name,
  }));
}

function resolve<Item extends { readonly $ref?: string }>(all: Readonly<Record<string, Item>>, item: Item): Item {
  return item.$ref === undefined ? item : (all[item.$ref.slice(item.$ref.lastIndexOf("/") + 1)] ?? item);
}
