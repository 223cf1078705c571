import type { ErrorName } from "@contact-groups/openapi/model";
import type { CoreAnswer, CoreCall } from "../core/core-call.ts";
import { failureBody } from "../core/response.ts";
import type { Delivery } from "../delivery.ts";
import { errorNamed, nameOfCode } from "../errors.ts";
import { isAnswer } from "./check-fault.ts";
import type { ChosenFault } from "./create-faults.ts";
import type { Fault } from "./fault.ts";
import { gatewayPage } from "./gateway-page.ts";

/** Answers a call as a fault wants it. `run` does the operation, which a fault that speaks before it does not want. */
export function answerWithFault(call: CoreCall, { id, fault }: ChosenFault, run: () => CoreAnswer): CoreAnswer {
  const isBefore = fault.when !== "after" && (isAnswer(fault) || fault.reset === true);
  const usual = isBefore ? undefined : run();
  const content = contentOf(fault, id, usual);
  const manner = mannerOf(fault);
  const { delayMs = 0 } = fault;
  const { status, contentType, body, code } = content;
  // What is an answer of the service, and is sent as one, needs nothing of the shells.
  const isPlain = code !== undefined && manner.kind === "whole" && delayMs === 0;
  return {
    status: 200,
    body,
    code: manner.kind === "reset" ? undefined : code,
    rule: "fault",
    why: explain(fault, id, usual),
    operation: call.operation,
    user: usual?.user,
    fault: id,
    delivery: isPlain ? undefined : { status, contentType, body, delayMs, manner },
  };
}

const json = "application/json";

interface Content {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly code: number | undefined;
}

function contentOf(fault: Fault, id: number, usual: CoreAnswer | undefined): Content {
  const { error, errorInfo, status, body, contentType = status === undefined ? json : "text/html" } = fault;
  if (error !== undefined) {
    const { code, message } = findError(error);
    const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
    const text = errorInfo ?? `${sentence} [fault] The fault ${id} answers so.`;
    return { status: 200, contentType: json, body: failureBody(code, text), code };
  }
  if (status !== undefined || body !== undefined)
    return { status: status ?? 200, contentType, body: body ?? gatewayPage(status ?? 200), code: undefined };
  return { status: 200, contentType: json, body: usual?.body ?? "", code: usual?.code };
}

function findError(error: ErrorName | number): { readonly code: number; readonly message: string } {
  if (typeof error === "string") return errorNamed(error);
  const name = nameOfCode(error);
  return name ? errorNamed(name) : { code: error, message: "An error that the catalogue does not have" };
}

function mannerOf({ reset, truncate, drip }: Fault): Delivery["manner"] {
  if (reset) return { kind: "reset" };
  if (truncate !== undefined) return { kind: "cut", bytes: truncate };
  if (drip) return { kind: "drip", ...drip };
  return { kind: "whole" };
}

/** What was done to the call, and what the operation had done by then. */
function explain(fault: Fault, id: number, usual: CoreAnswer | undefined): string {
  const { error, status, body, reset, truncate, drip, delayMs } = fault;
  const deeds = [
    delayMs !== undefined && `waited ${delayMs} ms`,
    error !== undefined && `answered ${findError(error).code}`,
    status !== undefined && `answered with HTTP ${status}`,
    status === undefined && body !== undefined && "answered with another body",
    reset && "broke the connection",
    truncate !== undefined && `cut the answer off after ${truncate} bytes`,
    drip && `sent ${drip.bytes} bytes every ${drip.everyMs} ms`,
  ].filter((deed) => typeof deed === "string");
  const before = usual ? `after [${usual.rule}] ${usual.why}` : "and the operation was not done";
  return `The fault ${id} ${deeds.join(", ")}, ${before}`;
}
