/** The checks of a fault that is added. */
import { show } from "@contact-groups/core/check";
import { errorCodes, operations } from "@contact-groups/openapi/model";
import { itemOperations } from "./conversation-faults.ts";
import { checkDocument, DocumentError } from "./document.ts";
import { type Fault, hasResponse } from "./faults.ts";
import { faultField } from "./generated/control.ts";

/**
 * Throws a `DocumentError` that names the first invalid field of a fault.
 *
 * @param app The app that the fault is of; undefined for one of the emulator.
 */
export function checkFault(given: unknown, app?: number): asserts given is Fault {
  checkDocument(given, faultField);
  const fault = given as Fault;
  const { operation, sdkAppId = app, error, errorInfo, contentType, body } = fault;
  if (operation !== undefined && !Object.hasOwn(operations, operation))
    throw DocumentError.at(
      "/operation",
      `must be one of ${Object.keys(operations).join(", ")}, but is ${show(operation)}`,
    );
  if (app !== undefined && sdkAppId !== app)
    throw DocumentError.at("/sdkAppId", `must be ${app}, because the fault is of that app alone, but is ${sdkAppId}`);
  if (error !== undefined) checkError(error, "/error");
  if (errorInfo !== undefined && error === undefined)
    throw DocumentError.at("/errorInfo", "is allowed only with error");
  if (contentType !== undefined && body === undefined)
    throw DocumentError.at("/contentType", "is allowed only with body");
  checkEffects(fault);
  checkConversations(fault);
  checkWhen(fault);
}

function checkError(error: string | number, pointer: string): void {
  if (typeof error === "string" && !Object.hasOwn(errorCodes, error))
    throw DocumentError.at(
      pointer,
      `must be a code or a name of the error catalogue, such as ${Object.keys(errorCodes)[0]}, but is ${show(error)}`,
    );
  if (error === 0) throw DocumentError.at(pointer, "must not be 0, which is success");
}

const effects = ["conversations", "error", "status", "body", "reset", "truncate", "drip", "delayMs"] as const;
/** The second of each pair is not allowed with the first. */
const exclusive = [
  ["error", "status"],
  ["error", "body"],
  ["reset", "truncate"],
  ["reset", "drip"],
  ["truncate", "drip"],
  ["reset", "error"],
  ["reset", "status"],
  ["reset", "body"],
  ["conversations", "status"],
  ["conversations", "body"],
] as const;

function checkEffects(fault: Fault): void {
  if (effects.every((effect) => fault[effect] === undefined))
    throw DocumentError.at("", `must have at least one of ${effects.join(", ")}`);
  for (const [one, other] of exclusive) {
    if (fault[one] !== undefined && fault[other] !== undefined)
      throw DocumentError.at(`/${other}`, `is not allowed with ${one}`);
  }
}

function checkConversations({ conversations, operation, error, when }: Fault): void {
  if (!conversations) return;
  if (operation !== undefined && !itemOperations.includes(operation))
    throw DocumentError.at(
      "/operation",
      `must be one of ${itemOperations.join(", ")} with conversations, because only their responses have a result for each conversation, but is ${show(operation)}`,
    );
  if (error !== undefined)
    throw DocumentError.at("/error", "is not allowed with conversations: each of them has an error of its own");
  if (when !== undefined)
    throw DocumentError.at(
      "/when",
      "is not allowed with conversations: the operation is always run. Each of conversations has a when of its own",
    );
  for (const [index, { error: code }] of conversations.entries()) checkError(code, `/conversations/${index}/error`);
}

function checkWhen(fault: Fault): void {
  if (fault.when === "before" && !hasResponse(fault) && fault.reset === undefined)
    throw DocumentError.at(
      "/when",
      "must be after: without error, status, body or reset there is no response before the operation",
    );
}
