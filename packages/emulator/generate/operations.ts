import { operationsOf, type Bundle } from "./bundle.ts";
import { toSource } from "./to-source.ts";

/** Renders path, method and rate limit of each operation. */
export function renderOperations(bundle: Bundle): string {
  const operations = operationsOf(bundle).map(([path, operation]) => {
    const { calls, seconds } = operation["x-rateLimit"];
    return [operation.operationId, { path, method: "POST", rateLimit: { calls, seconds } }];
  });

  return `/** The operations, by operationId. */
export const operations = ${toSource(Object.fromEntries(operations))} as const;

/** Version of the description. */
export const descriptionVersion = ${JSON.stringify(bundle.info.version)};

/** An operation of the service. */
export type OperationId = keyof typeof operations;
`;
}
