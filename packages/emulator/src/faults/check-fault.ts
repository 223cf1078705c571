import { errorCodes, operations } from "@contact-groups/openapi/model";
import { checkDocument, DocumentError } from "../document-error.ts";
import { faultField } from "../generated/control.ts";
import type { Fault } from "./fault.ts";

/** Throws a `DocumentError` that names the first field that a fault cannot have. */
export function checkFault(given: unknown): asserts given is Fault {
  checkDocument(given, faultField);
  const fault = given as Fault;
  const { operation, error, errorInfo, contentType, body, when } = fault;
  if (operation !== undefined && !Object.hasOwn(operations, operation))
    throw DocumentError.at("/operation", `must be ${Object.keys(operations).join(", ")}`);
  if (typeof error === "string" && !Object.hasOwn(errorCodes, error))
    throw DocumentError.at(
      "/error",
      `names no error of the catalogue: use a name as ${Object.keys(errorCodes)[0]}, or a code`,
    );
  if (error === 0) throw DocumentError.at("/error", "must not be 0, which is success");
  if (errorInfo !== undefined && error === undefined) throw DocumentError.at("/errorInfo", "goes with error only");
  if (contentType !== undefined && body === undefined) throw DocumentError.at("/contentType", "goes with body only");
  checkEffects(fault);
  if (when === "before" && !isAnswer(fault) && fault.reset === undefined)
    throw DocumentError.at(
      "/when",
      "must be after: without error, status, body or reset there is no answer before the operation",
    );
}

const effects = ["error", "status", "body", "reset", "truncate", "drip", "delayMs"] as const;
/** What goes with nothing that comes later in its row. */
const exclusive = [
  ["error", "status"],
  ["error", "body"],
  ["reset", "truncate"],
  ["reset", "drip"],
  ["truncate", "drip"],
  ["reset", "error"],
  ["reset", "status"],
  ["reset", "body"],
] as const;

function checkEffects(fault: Fault): void {
  if (effects.every((effect) => fault[effect] === undefined))
    throw DocumentError.at("", `does nothing: it needs at least one of ${effects.join(", ")}`);
  for (const [one, other] of exclusive) {
    if (fault[one] !== undefined && fault[other] !== undefined)
      throw DocumentError.at(`/${other}`, `does not go with ${one}`);
  }
}

/** Whether a fault has an answer of its own. */
export function isAnswer({ error, status, body }: Fault): boolean {
  return error !== undefined || status !== undefined || body !== undefined;
}
