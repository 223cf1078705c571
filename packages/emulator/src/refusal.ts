import type { ErrorName } from "@contact-groups/openapi/model";
import { errorNamed } from "./errors.ts";
import type { RuleId } from "./rules.ts";

/** That a call fails: the rule that decided, the error that is answered, and one sentence that says why. */
export interface Refusal {
  readonly rule: RuleId;
  readonly error: ErrorName;
  readonly why: string;
}

/** Ends an operation from within, so that its transaction undoes what it wrote. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.why);
    this.name = "RefusedError";
    this.refusal = refusal;
  }
}

/** Text of a response: the catalogue's message, the rule that decided, and why. */
export function explainRefusal({ rule, error, why }: Refusal): string {
  const { message } = errorNamed(error);
  return `${message}${/[.!?]$/.test(message) ? "" : "."} [${rule}] ${why}.`;
}
