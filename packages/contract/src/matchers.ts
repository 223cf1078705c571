import { type Contract, ContractViolationError } from "./contract.ts";
import type { JudgeOptions } from "./judge/judge.ts";

/**
 * Matches, in vitest and jest, when at least one call was made and none broke a rule, as `api.assertValid` checks.
 *
 * @param api The result of `startContractServer()` or `createContractFetch()`.
 * @param options Rules to ignore, and whether calls before the last `reset` count.
 * @returns The result for `expect`.
 * @throws {TypeError} when `api` is not a contract.
 * @throws {ContractViolationError} when no call was made.
 * @example
 * ```ts
 * import * as matchers from "@contact-groups/contract/matchers";
 *
 * expect.extend(matchers);
 * expect(api).toHaveReceivedValidRequests({ ignore: ["unfinished-pagination"] });
 * ```
 */
export function toHaveReceivedValidRequests(
  api: Pick<Contract, "assertValid">,
  options?: JudgeOptions,
): { readonly pass: boolean; readonly message: () => string } {
  if (typeof api?.assertValid !== "function")
    throw new TypeError(
      "toHaveReceivedValidRequests expects the result of startContractServer() or createContractFetch(). Is an await missing?",
    );
  try {
    api.assertValid(options);
    return { pass: true, message: () => "The requests break no rule, but a violation was expected." };
  } catch (error) {
    // Without a call there is no result, so `not` fails, too.
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
