import { createAnswer, type Answer, type ContractParts } from "./contract.ts";
import { ContractViolationError, type Contract } from "./contract-api.ts";
import { createControl } from "./control.ts";
import { createFetch } from "./fetch-face.ts";
import { judge } from "./judge/judge.ts";
import { report } from "./judge/report.ts";
import { createScript } from "./next/script.ts";
import { createRecording } from "./record/recording.ts";

export interface ContractSettings extends Omit<ContractParts, "script" | "recording"> {
  readonly maxExchanges: number;
}

/** Makes what tests talk to, and the function behind every form of it that answers requests. */
export function createContract(parts: ContractSettings): { readonly api: Contract; readonly answer: Answer } {
  const script = createScript();
  let recording = createRecording(parts.maxExchanges);
  const answerCall = createAnswer({ ...parts, script, recording: () => recording });
  const api: Contract = {
    fetch: createFetch((request) => answer(request)),
    next(operation, ...answers) {
      script.next(operation, answers);
      return api;
    },
    always(operation, planned) {
      script.always(operation, planned);
      return api;
    },
    reset() {
      script.reset();
      recording = createRecording(parts.maxExchanges);
    },
    get exchanges() {
      return [...recording.exchanges];
    },
    violations: (options) => judge(recording.exchanges, options),
    assertValid(options) {
      const { exchanges, forgotten } = recording;
      const violations = judge(exchanges, options);
      if (violations.length > 0) throw new ContractViolationError(report(violations, exchanges.length), violations);
      if (exchanges.length === 0)
        throw new ContractViolationError("No call was recorded, so nothing could be judged.", []);
      if (forgotten > 0)
        throw new ContractViolationError(
          `The ${forgotten} oldest calls are no longer recorded, so they could not be judged. Call reset() after each test, or raise maxExchanges.`,
          [],
        );
    },
  };
  const control = createControl(api);
  const answer: Answer = (request) => (control.isFor(request) ? control.answer(request) : answerCall(request));
  return { api, answer };
}
