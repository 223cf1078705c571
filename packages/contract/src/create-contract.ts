import { createAnswer, type Answer, type ContractParts } from "./contract.ts";
import { ContractViolationError, type Contract } from "./contract-api.ts";
import { createControl } from "./control.ts";
import { createFetch } from "./fetch-face.ts";
import { judge, type JudgeOptions } from "./judge/judge.ts";
import { report } from "./judge/report.ts";
import { createScript } from "./next/script.ts";
import { createHistory, type Past } from "./record/history.ts";
import { createRecording } from "./record/recording.ts";

export interface ContractSettings extends Omit<ContractParts, "script" | "recording"> {
  readonly maxExchanges: number;
}

/** Makes what tests talk to, and the function behind every form of it that answers requests. */
export function createContract(parts: ContractSettings): { readonly api: Contract; readonly answer: Answer } {
  const script = createScript();
  const history = createHistory();
  let recording = createRecording(parts.maxExchanges);
  /** What is to be judged: the calls since the last reset, or all. */
  const judged = ({ sinceStart = false, ...options }: JudgeOptions = {}): Past => {
    const { exchanges, forgotten } = recording;
    const now: Past = { calls: exchanges.length, violations: judge(exchanges, options), forgotten };
    if (!sinceStart) return now;
    const { past } = history;
    const { ignore = [] } = options;
    return {
      calls: past.calls + now.calls,
      violations: [...past.violations.filter(({ rule }) => !ignore.includes(rule)), ...now.violations],
      forgotten: past.forgotten + now.forgotten,
    };
  };
  const answerCall = createAnswer({ ...parts, script, recording: () => recording });
  const api: Contract = {
    fetch: createFetch((request) => answer(request), parts.clock),
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
      history.end(recording);
      recording = createRecording(parts.maxExchanges);
    },
    get exchanges() {
      return [...recording.exchanges];
    },
    violations: (options) => judged(options).violations,
    assertValid(options) {
      const { calls, violations, forgotten } = judged(options);
      if (violations.length > 0) throw new ContractViolationError(report(violations, calls), violations);
      if (calls === 0) throw new ContractViolationError("No call was recorded, so nothing could be judged.", []);
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
