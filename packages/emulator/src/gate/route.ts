import { requestChecks, operations, type OperationId } from "@contact-groups/openapi/model";
import type { Refusal } from "../refusal.ts";

const byPath = new Map<string, OperationId>(
  Object.entries(operations).map(([id, { path }]) => [path, id as OperationId] as const),
);

/** The operation of a path; undefined when there is none. */
export function operationOf(path: string): OperationId | undefined {
  return byPath.get(path);
}

/** Refuses a path that no operation has, and a method that its operation does not have. */
export function checkRoute(operation: OperationId | undefined, method: string): Refusal | undefined {
  if (operation === undefined) {
    const why = `No operation has this path. The paths are ${[...byPath.keys()].join(", ")}`;
    return { rule: "gate.path", error: requestChecks.path.name, why };
  }
  const { method: expected, path } = operations[operation];
  if (method === expected) return undefined;
  return { rule: "gate.method", error: requestChecks.method.name, why: `The HTTP method of ${path} is ${expected}` };
}
