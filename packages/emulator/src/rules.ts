import type { ErrorName, OperationId } from "@contact-groups/openapi/model";
import { accountRules } from "./accounts.ts";
import { errorOfRule } from "./failure.ts";
import { behaviours } from "./generated/operations.ts";
import type { RuleText, RuleTexts } from "./operation.ts";
import { requestRules } from "./request-checks.ts";
import type { Settings } from "./settings.ts";
import { stateRules } from "./state/checks.ts";

/** The rules that do not belong to one file of checks or operations: errors of the emulator itself, and faults. */
const otherRules = {
  "core.failure": {
    what: "An error of the emulator itself: nothing is written",
    evidence: "errors-2025",
    error: "InternalFailure",
  },
  fault: {
    what: "A fault that was added takes precedence over all other rules, before or after the operation. By default there are no faults",
    evidence: "project",
  },
} as const;

/** Name of a rule, as in responses, the journal and `FIDELITY.md`. It is declared next to the code that applies the rule. */
export type RuleId =
  | keyof typeof requestRules
  | keyof typeof stateRules
  | { [Operation in OperationId]: keyof (typeof behaviours)[Operation]["rules"] }[OperationId]
  | keyof typeof accountRules
  | keyof typeof otherRules;

/** A rule of the emulator. `FIDELITY.md` lists all of them. */
export interface Rule {
  /** Its name, as `CallRecord.rule` and `ErrorInfo` have it. */
  readonly id: RuleId;
  /** What the emulator does unless the setting says otherwise. */
  readonly what: string;
  /** Public documents that say so, by their keys in the description; `page` with a number is the page of a helper; `project` where no document does. */
  readonly evidence: string;
  /** The setting that changes it. */
  readonly setting?: keyof Settings;
  /** The error with which a call, or one of its conversations, fails. */
  readonly error?: ErrorName;
}

const declared: readonly RuleTexts[] = [
  requestRules,
  stateRules,
  ...Object.values(behaviours).map((behaviour) => behaviour.rules),
  accountRules,
  otherRules,
];

/**
 * Every rule of the emulator: the request checks in their order, then the rules of the state, of the operations and of the helpers, then
 * failures of the emulator itself and faults.
 *
 * @example
 * ```ts
 * const { what, error } = rules.find(({ id }) => id === "create.group-count")!;
 * ```
 */
export const rules: readonly Rule[] = declared.flatMap((texts) =>
  Object.entries(texts).map(([id, text]) => toRule(id as RuleId, text)),
);

function toRule(id: RuleId, text: RuleText): Rule {
  const { what, evidence, setting } = text;
  const error = errorOfRule(text);
  return { id, what, evidence, ...(setting && { setting }), ...(error && { error }) };
}
