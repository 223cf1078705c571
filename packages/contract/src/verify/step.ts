import type { Clock } from "@contact-groups/core/clock";
import { requestChecks } from "@contact-groups/openapi/model";
import type { Operation } from "../operations.ts";
import type { AnswerJudge } from "../prism.ts";
import type { Scene } from "./fill-values.ts";
import { errorCode, judgeContent, judgeForm, type Complaint } from "./judge-answer.ts";
import type { Answer, Provider } from "./provider.ts";
import { toCall, type Call, type Caller } from "./request.ts";
import type { Expectation, Step } from "./scenario.ts";

/** With what scenarios are run. */
export interface Runner {
  readonly provider: Provider;
  readonly prism: AnswerJudge;
  readonly caller: Caller;
  readonly clock: Clock;
}

/** What came of a step: the last call and its answer. */
export interface Finding {
  readonly call: Call;
  readonly answer: Answer;
  readonly complaints: readonly Complaint[];
}

const rateError: number = requestChecks.rate.error;
const mostRepeats = 3;

/** Makes one call; again when other callers of the app have used up the rate limit. */
export async function ask(
  step: Omit<Step, "expect"> & { readonly expect: Pick<Expectation, "errorCode"> },
  operation: Operation,
  body: unknown,
  scene: Scene,
  { provider, caller }: Runner,
): Promise<{ readonly call: Call; readonly answer: Answer }> {
  for (let attempt = 0; ; attempt++) {
    const call = toCall(step, operation, body, scene, caller);
    const answer = await provider.send(call);
    const isThrottled = errorCode(answer) === rateError && !step.expect.errorCode.includes(rateError);
    if (!isThrottled || attempt === mostRepeats) return { call, answer };
    await provider.rest(operation.rate.seconds);
  }
}

/** Judges the answer to a call: first its form, then what it says. */
export async function judge(step: Step, call: Call, answer: Answer, scene: Scene, runner: Runner): Promise<Finding> {
  const form = await judgeForm(answer, call.operation, runner.prism);
  const complaints = form.length > 0 ? form : judgeContent(answer, step.expect, scene, runner.clock.now());
  return { call, answer, complaints };
}
