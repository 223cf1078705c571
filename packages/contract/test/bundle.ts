/** Test data: what the bundle says about each operation. */
import bundle from "@contact-groups/openapi" with { type: "json" };
import type { OperationId } from "@contact-groups/client";
import { operations, type Operation } from "../src/description.ts";

export interface Example {
  readonly name: string;
  readonly value: unknown;
}

export interface TestedOperation extends Operation {
  readonly operationId: OperationId;
  readonly requests: readonly Example[];
  readonly responses: readonly Example[];
}

interface References {
  readonly [name: string]: { readonly $ref: string };
}

const components: Readonly<Record<string, { readonly value: unknown }>> = bundle.components.examples;

export const testedOperations: readonly TestedOperation[] = Object.values(bundle.paths).map(({ post }) => {
  const operation = operations.find(({ operationId }) => operationId === post.operationId);
  if (!operation) throw new Error(`The contract does not know ${post.operationId}.`);
  return {
    ...operation,
    operationId: post.operationId as OperationId,
    requests: read(post.requestBody.content["application/json"].examples),
    responses: read(post.responses["200"].content["application/json"].examples),
  };
});

/** The failure examples of the error catalogue. */
export const failureExamples: readonly Example[] = Object.values(bundle["x-errors"])
  .flat()
  .map(({ name }) => ({ name, value: components[name]?.value }));

function read(references: References): Example[] {
  return Object.entries(references).map(([name, { $ref }]) => ({
    name,
    value: components[$ref.split("/").at(-1) ?? ""]?.value,
  }));
}
