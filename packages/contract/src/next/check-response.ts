import { explain } from "../explain.ts";
import type { Operation } from "../operations.ts";
import { InstructionError } from "./instruction-error.ts";

/** Checks a body against the response schema of the operation. Throws an `InstructionError` that names the first broken rule. */
export function checkResponse(operation: Operation, body: unknown): void {
  const [first, ...others] = explain(operation.response, body, true);
  if (!first) return;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw new InstructionError(
    `/body${first.pointer}`,
    `The body does not match the response schema of ${operation.operationId}: ${first.text}${more}. ` +
      "Correct it, or say { body, unchecked: true } to answer it all the same.",
  );
}
