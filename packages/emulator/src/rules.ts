import { faultRule } from "./faults/rule.ts";
import { gateRules } from "./gate/rules.ts";
import { operationRules } from "./operations/rules.ts";
import type { Rule } from "./rule.ts";

/** Every rule of the emulator: the checks before an operation in their order, then what the operations do, then faults. */
export const rules: readonly Rule[] = [...gateRules, ...operationRules, faultRule];
