import { failure } from "../envelope.ts";
import { gateCode, type Operation } from "../operations.ts";
import { preferredAnswer } from "../prefer.ts";
import type { Redact } from "@contact-groups/core/redact";
import { InstructionError } from "./instruction-error.ts";
import { plan, type Plan } from "./plan.ts";

/** The plan that a `Prefer` header asks for; a refusal that says what is wrong with it when it can't be followed. */
export function preferredPlan(operation: Operation, header: string | null, redact: Redact): Plan | undefined {
  const answer = preferredAnswer(header);
  if (!answer) return undefined;
  try {
    return plan(operation, answer);
  } catch (error) {
    if (!(error instanceof InstructionError)) throw error;
    const content = { body: failure({ code: gateCode("body"), info: redact(error.message) }), example: undefined };
    return { content, reset: false, truncate: undefined, delayMs: 0, headers: {} };
  }
}
