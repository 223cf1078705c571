/** What there is to cover: read from the description, so that a new code or example shows up by itself. */
import { catalogue, description, operations, resolve, type CatalogueEntry } from "../description.ts";
import { optionalFields } from "./optional-fields.ts";
import { isPaged } from "./pages.ts";

export interface CoverableOperation {
  readonly operationId: string;
  /** Examples of answers of calls that succeed. */
  readonly examples: readonly { readonly name: string; readonly value: unknown }[];
  /** Failures that the catalogue lists for the operation. */
  readonly codes: readonly CatalogueEntry[];
  /** Patterns of JSON pointers: `/GroupContactItem/{n}/ContactItem`. */
  readonly optionalFields: readonly string[];
  readonly isPaged: boolean;
}

export const coverable: readonly CoverableOperation[] = operations.map((operation) => {
  const { operationId, path, method, requestSchema, successes } = operation;
  return {
    operationId,
    examples: successes.map((name) => ({ name, value: exampleValue(path, method, name) })),
    codes: catalogue.filter((entry) => entry.operations.includes(operationId)),
    optionalFields: optionalFields(requestSchema),
    isPaged: isPaged(requestSchema),
  };
});

function exampleValue(path: string, method: string, name: string): unknown {
  const responses = description.paths[path]?.[method.toLowerCase()]?.responses ?? {};
  for (const { content } of Object.values(responses)) {
    for (const { examples } of Object.values(content)) {
      const example = examples[name];
      if (example) return (dereference(example) as { readonly value: unknown }).value;
    }
  }
  throw new Error(`${path} has no example "${name}".`);
}

function dereference(node: object): unknown {
  return "$ref" in node ? resolve(String(node.$ref)) : node;
}
