import { requestChecks } from "@contact-groups/openapi/model";
import { codeOf, documents, type Operation, operations, sayCode } from "../operations.ts";
import { type Complaint, errorCode, judgeContent, judgeForm, show } from "./check-response.ts";
import { at, fillScene, type Scene } from "./fill-values.ts";
import type { Cast } from "./fixtures.ts";
import { type Answer, NoAnswerError, type Runner } from "./provider.ts";
import { type Call, toCall, toCurl } from "./request.ts";
import type { Expectation, Failure, Follow, Scenario, ScenarioResult, Step } from "./scenario.ts";

/** Runs a scenario until its first step that goes wrong, since what follows builds on it. */
export async function runScenario(scenario: Scenario, cast: Cast, runner: Runner): Promise<ScenarioResult> {
  const { provider, clock } = runner;
  const startedAt = clock.now();
  const callsBefore = provider.calls;
  const captures = new Map<string, unknown>();
  const { id, title, group, basis } = scenario;
  const result = (rest: Pick<ScenarioResult, "outcome" | "because" | "failures">): ScenarioResult => ({
    id,
    title,
    group,
    basis,
    durationMs: clock.now() - startedAt,
    calls: provider.calls - callsBefore,
    ...rest,
  });
  try {
    for (const [index, step] of scenario.steps.entries()) {
      const finding = await runStep(step, { cast, captures }, runner);
      if (typeof finding === "string") return result({ outcome: "notRun", because: finding, failures: [] });
      if (finding.complaints.length === 0) {
        for (const [name, pointer] of Object.entries(step.capture ?? {}))
          captures.set(name, at(finding.answer.body, pointer));
        continue;
      }
      const failures = finding.complaints.map((complaint) => toFailure(complaint, finding.call, index, scenario));
      return result({ outcome: "failed", failures });
    }
    return result({ outcome: "passed", failures: [] });
  } catch (error) {
    if (error instanceof NoAnswerError) return result({ outcome: "error", because: error.message, failures: [] });
    throw error;
  }
}

/** Makes the calls of a step. A text says why nothing is known. */
async function runStep(step: Step, scene: Scene, runner: Runner): Promise<Finding | string> {
  const operation = operations.find(({ operationId }) => operationId === step.operation);
  if (!operation) throw new Error(`The description has no operation ${step.operation}.`);
  const body = fillScene(step.body, scene);
  if (step.burst) return burst(step, operation, scene, runner);
  if (step.follow) return followPages(step, step.follow, operation, body, scene, runner);
  const { call, answer } = await ask(step, operation, body, scene, runner);
  return judge(step, call, answer, scene, runner);
}

function toFailure({ pointer, expected, got }: Complaint, call: Call, index: number, scenario: Scenario): Failure {
  return {
    step: index + 1,
    operation: call.operation.operationId,
    request: toCurl(call),
    pointer,
    expected,
    got,
    why: scenario.reason,
    sources: sourcesOf(scenario),
  };
}

/** The documents behind a scenario. */
export function sourcesOf({ source }: Pick<Scenario, "source">): Failure["sources"] {
  return source.flatMap((key) => documents[key] ?? []);
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

/** Makes more calls in a span of time than are allowed. A text says that they could not be made fast enough. */
export async function burst(step: Step, operation: Operation, scene: Scene, runner: Runner): Promise<Finding | string> {
  const { calls, least, seconds, error } = step.burst ?? { calls: 0, least: 0, seconds: 0, error: "" };
  const all = Array.from({ length: calls }, () =>
    toCall(step, operation, fillScene(step.body, scene), scene, runner.caller),
  );
  const { answers, tookMs } = await runner.provider.burst(all, seconds);
  await runner.provider.rest(seconds);
  let good = 0;
  for (const [index, answer] of answers.entries()) {
    const call = all[index];
    if (!call) continue;
    const isRefused = errorCode(answer) === codeOf(error);
    const expect = isRefused ? { error: [error], errorCode: [codeOf(error)] } : step.expect;
    const finding = await judge({ ...step, expect }, call, answer, scene, runner);
    if (finding.complaints.length > 0) return finding;
    if (!isRefused) good++;
  }
  const [call] = all;
  const [answer] = answers;
  if (!call || !answer) throw new Error("A burst has no calls.");
  const complain = (expected: string, got: string): Finding => ({
    call,
    answer,
    complaints: [{ pointer: "", expected, got }],
  });
  if (good < least)
    return complain(`${least} calls in ${seconds} s answered with ${step.expect.error.join(" or ")}`, `${good}`);
  if (good < answers.length) return { call, answer, complaints: [] };
  if (tookMs > seconds * 1000)
    return `made ${calls} calls in ${Math.round(tookMs)} ms, too slowly to meet the limit of ${least} in ${seconds} s`;
  return complain(`${sayCode(codeOf(error))} for some of ${calls} calls within ${seconds} s`, "it for none");
}

/** Pulls all pages, and judges their lists as one. */
export async function followPages(
  step: Step,
  { collect, next, nextIn, end }: Follow,
  operation: Operation,
  first: unknown,
  scene: Scene,
  runner: Runner,
): Promise<Finding> {
  const items: unknown[] = [];
  let body = first;
  for (;;) {
    const { call, answer } = await ask(step, operation, body, scene, runner);
    const form = await judge(
      { ...step, expect: { error: step.expect.error, errorCode: step.expect.errorCode } },
      call,
      answer,
      scene,
      runner,
    );
    if (form.complaints.length > 0) return form;
    const page = at(answer.body, collect);
    if (Array.isArray(page)) items.push(...page);
    const [isEnd, from, to] = [at(answer.body, end), at(body, nextIn), at(answer.body, next)];
    const wrong = (pointer: string, expected: string): Finding => ({
      call,
      answer,
      complaints: [{ pointer, expected, got: show(at(answer.body, pointer)) }],
    });
    if (isEnd === 1) {
      const whole = { ...answer, body: withMember(answer.body, collect, items) };
      return { call, answer: whole, complaints: judgeContent(whole, step.expect, scene, runner.clock.now()) };
    }
    if (isEnd !== 0) return wrong(end, "1 on the last page and 0 on every other");
    if (typeof to !== "number" || !(to > Number(from)))
      return wrong(next, `a number above ${show(from)}, where this page began`);
    if (!Array.isArray(page) || page.length === 0)
      return wrong(collect, "an item at least on a page that is not the last");
    body = withMember(body, nextIn, to);
  }
}

/** A copy of the value with another member at a pointer of one token. */
function withMember(value: unknown, pointer: string, member: unknown): unknown {
  return { ...Object(value), [pointer.slice(1)]: member };
}
