import type { Operation } from "../description.ts";
import { explainer, type Explain } from "../explain.ts";
import { InstructionError } from "./instruction-error.ts";

const explainers = new WeakMap<Operation, Explain>();

/** Checks a body against the response schema of the operation. Throws an `InstructionError` that names the first broken rule. */
export function checkResponse(operation: Operation, body: unknown): void {
  const explain = explainers.get(operation) ?? explainer(operation.responseSchema, true);
  explainers.set(operation, explain);
  const [first, ...others] = explain(body);
  if (!first) return;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw new InstructionError(
    `/body${first.pointer}`,
    `The body does not match the response schema of ${operation.operationId}: ${first.text}${more}. ` +
      "Correct it, or say { body, unchecked: true } to answer it all the same.",
  );
}
