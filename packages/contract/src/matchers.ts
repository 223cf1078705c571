import { type Contract, ContractViolationError } from "./contract.ts";
import type { JudgeOptions } from "./judge/judge.ts";

/** What a matcher tells vitest and jest. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Matcher for vitest and jest: at least one call was made, and none broke a rule. It is `api.assertValid` in the words of `expect`.
 *
 * @example
 * ```ts
 * import * as matchers from "@contact-groups/contract/matchers";
 *
 * expect.extend(matchers);
 * expect(api).toHaveReceivedValidRequests({ ignore: ["unfinished-pull"] });
 * ```
 */
export function toHaveReceivedValidRequests(api: Pick<Contract, "assertValid">, options?: JudgeOptions): MatcherResult {
  if (typeof api?.assertValid !== "function")
    throw new TypeError(
      "toHaveReceivedValidRequests takes what startContractServer() resolves to, or what createContractFetch() returns. Is an await missing?",
    );
  try {
    api.assertValid(options);
    return { pass: true, message: () => "The requests break no rule, but a violation was expected." };
  } catch (error) {
    // Without a call nothing is known, which is a failure of `not` as well.
    if (!(error instanceof ContractViolationError) || error.violations.length === 0) throw error;
    return { pass: false, message: () => error.message };
  }
}

declare global {
  // Jest's types have this namespace.
  namespace jest {
    // The parameters must be those of jest's own declaration.
    interface Matchers<R, T = {}> {
      /** At least one call was made, and none broke a rule. */
      toHaveReceivedValidRequests(options?: JudgeOptions): R;
    }
  }
}
