import { didYouMean } from "@contact-groups/core/did-you-mean";
import { type Operation, operations } from "../operations.ts";
import { InstructionError } from "./instruction-error.ts";

/** Finds an operation by its `operationId`, by the last part of its path, or by its path. Throws an `InstructionError` that lists the names. */
export function operationNamed(name: unknown): Operation {
  const found = operations.find((operation) => namesOf(operation).some((known) => known === name));
  if (found) return found;
  const known = operations.flatMap(namesOf);
  const meant = typeof name === "string" ? didYouMean(name, known) : undefined;
  throw new InstructionError(
    "/operation",
    `The operation must be one of ${operations.map((operation) => namesOf(operation)[0]).join(", ")}, but is ${JSON.stringify(name) ?? "missing"}.` +
      (meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`),
  );
}

function namesOf({ operationId, path }: Operation): [command: string, operationId: string, path: string] {
  return [path.slice(path.lastIndexOf("/") + 1), operationId, path];
}
