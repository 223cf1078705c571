import type { Bundle } from "./bundle.ts";
import { toSource } from "./to-source.ts";

/** Renders the path of each operation. */
export function renderOperations(bundle: Bundle): string {
  const paths = Object.entries(bundle.paths).map(([path, item]) => [item.post.operationId, path]);

  return `/** Path of each operation, by operationId. */
export const operationPaths = ${toSource(Object.fromEntries(paths))} as const;

/** An operation of the service. */
export type OperationId = keyof typeof operationPaths;
`;
}
