import { requestChecks, limits, type OperationId } from "@contact-groups/openapi/model";
import { nameOf } from "./errors.ts";
import { faultRules } from "./faults/rules.ts";
import { gateRules } from "./gate/rules.ts";
import { behaviours } from "./generated/operations.ts";
import type { Rule, RuleText, RuleTexts } from "./rule.ts";
import { coreRules } from "./core/rules.ts";
import { stateRules } from "./state/rules.ts";

type Behaviours = typeof behaviours;

/** Name of a rule, as responses, the journal and `FIDELITY.md` have it. It is said where the rule is declared. */
export type RuleId =
  | keyof typeof gateRules
  | keyof typeof stateRules
  | { [Operation in OperationId]: keyof Behaviours[Operation]["rules"] }[OperationId]
  | keyof typeof coreRules
  | keyof typeof faultRules;

const declared: readonly RuleTexts[] = [
  gateRules,
  stateRules,
  ...Object.values(behaviours).map((behaviour) => behaviour.rules),
  coreRules,
  faultRules,
];

/** Every rule of the emulator: the checks before an operation in their order, then what state and operations do, then faults. */
export const rules: readonly Rule[] = declared.flatMap((texts) =>
  Object.entries(texts).map(([id, text]) => toRule(id as RuleId, text)),
);

function toRule(id: RuleId, { what, evidence, setting, error, check, limit }: RuleText): Rule {
  const name = error ?? (check ? requestChecks[check].name : limit && nameOf(limits[limit].error));
  return { id, what, evidence, ...(setting && { setting }), ...(name && { error: name }) };
}
