import type { ErrorName } from "./generated/errors.ts";
import type { RuleId } from "./rule.ts";

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
