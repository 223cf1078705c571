import { requestChecks } from "@contact-groups/openapi/model";
import { codeOf, documents, type ApiOperation, operations, sayCode } from "../operations.ts";
import { type Mismatch, errorCode, checkContent, checkForm, show } from "./check-response.ts";
import { type BurstCall, judgeBurst } from "./burst.ts";
import { at, fillScene, type Scene } from "./fill-values.ts";
import type { Fixtures } from "./fixtures.ts";
import { type ProviderResponse, NoResponseError, type Runner } from "./provider.ts";
import { type PreparedCall, toCall, toCurl } from "./request.ts";
import type { Expectation, Failure, FollowedPages, Scenario, ScenarioResult, ScenarioStep } from "./scenario.ts";

/** Runs a scenario up to its first failed step, because later steps depend on it. */
export async function runScenario(scenario: Scenario, fixtures: Fixtures, runner: Runner): Promise<ScenarioResult> {
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
      const stepResult = await runStep(step, { fixtures, captures }, runner);
      if (typeof stepResult === "string") return result({ outcome: "error", because: stepResult, failures: [] });
      if (stepResult.mismatches.length === 0) {
        for (const [name, pointer] of Object.entries(step.capture ?? {}))
          captures.set(name, at(stepResult.response.body, pointer));
        continue;
      }
      const failures = stepResult.mismatches.map((mismatch) => toFailure(mismatch, stepResult.call, index, scenario));
      return result({ outcome: "failed", failures });
    }
    return result({ outcome: "passed", failures: [] });
  } catch (error) {
    if (error instanceof NoResponseError) return result({ outcome: "error", because: error.message, failures: [] });
    throw error;
  }
}

/** Sends the calls of a step. A text is the reason why the step has no result. */
async function runStep(step: ScenarioStep, scene: Scene, runner: Runner): Promise<StepResult | string> {
  const operation = operations.find(({ operationId }) => operationId === step.operation);
  if (!operation) throw new Error(`The description has no operation ${step.operation}.`);
  const body = fillScene(step.body, scene);
  if (step.burst) return burst(step, operation, scene, runner);
  if (step.follow) return followPages(step, step.follow, operation, body, scene, runner);
  const { call, response } = await sendStep(step, operation, body, scene, runner);
  return checkStep(step, call, response, scene, runner);
}

function toFailure(mismatch: Mismatch, call: PreparedCall, index: number, scenario: Scenario): Failure {
  return {
    step: index + 1,
    operation: call.operation.operationId,
    request: toCurl(call),
    ...mismatch,
    why: scenario.reason,
    sources: sourcesOf(scenario),
  };
}

/** Returns the documents behind a scenario. */
export function sourcesOf({ source }: Pick<Scenario, "source">): Failure["sources"] {
  return source.flatMap((key) => documents[key] ?? []);
}

/** The result of a step: the last call and its response. */
export interface StepResult {
  readonly call: PreparedCall;
  readonly response: ProviderResponse;
  readonly mismatches: readonly Mismatch[];
}

const rateError: number = requestChecks.rate.error;
const mostRepeats = 3;

/** Sends one call, again if other callers of the app have used up the rate limit. */
export async function sendStep(
  step: Omit<ScenarioStep, "expect"> & { readonly expect: Pick<Expectation, "errorCode"> },
  operation: ApiOperation,
  body: unknown,
  scene: Scene,
  { provider, caller }: Runner,
): Promise<{ readonly call: PreparedCall; readonly response: ProviderResponse }> {
  for (let attempt = 0; ; attempt++) {
    const call = toCall(step, operation, body, scene, caller);
    const response = await provider.send(call);
    const isThrottled = errorCode(response) === rateError && !step.expect.errorCode.includes(rateError);
    if (!isThrottled || attempt === mostRepeats) return { call, response };
    await provider.rest(operation.rate.seconds);
  }
}

/** Checks the response to a call: first its form, then its content. */
export async function checkStep(
  step: ScenarioStep,
  call: PreparedCall,
  response: ProviderResponse,
  scene: Scene,
  runner: Runner,
): Promise<StepResult> {
  const form = await checkForm(response, call.operation, runner.prism);
  const mismatches = form.length > 0 ? form : checkContent(response, step.expect, scene, runner.clock.now());
  return { call, response, mismatches };
}

/** Exceeds the rate limit. A text is returned when the calls were too slow to judge it. */
export async function burst(
  step: ScenarioStep,
  operation: ApiOperation,
  scene: Scene,
  runner: Runner,
): Promise<StepResult | string> {
  const { calls, least, seconds, error } = step.burst ?? { calls: 0, least: 0, seconds: 0, error: "" };
  const all = Array.from({ length: calls }, () =>
    toCall(step, operation, fillScene(step.body, scene), scene, runner.caller),
  );
  const responses = await runner.provider.burst(all, seconds);
  await runner.provider.rest(seconds);
  const timed: BurstCall[] = [];
  for (const [index, response] of responses.entries()) {
    const call = all[index];
    if (!call) continue;
    const isRejected = errorCode(response) === codeOf(error);
    const expect = isRejected ? { error: [error], errorCode: [codeOf(error)] } : step.expect;
    const result = await checkStep({ ...step, expect }, call, response, scene, runner);
    if (result.mismatches.length > 0) return result;
    timed.push({ sentAt: response.sentAt, tookMs: response.tookMs, isRejected });
  }
  const [call] = all;
  const [response] = responses;
  if (!call || !response) throw new Error("A burst has no calls.");
  const mismatched = (expected: string, got: string): StepResult => ({
    call,
    response,
    mismatches: [{ rule: "value", pointer: "", expected, got }],
  });
  const { verdict, count } = judgeBurst(timed, least, seconds * 1000);
  switch (verdict) {
    case "kept":
      return { call, response, mismatches: [] };
    case "too few":
      return mismatched(`${least} calls in ${seconds} s with the code ${step.expect.error.join(" or ")}`, `${count}`);
    case "no limit":
      return mismatched(`${sayCode(codeOf(error))} for some of ${count} calls within ${seconds} s`, "no such call");
    case "too slow":
      return `the responses to ${calls} calls took ${count} ms, which is too slow to judge the limit of ${least} calls in ${seconds} s`;
  }
}

/** Reads all pages, and checks their lists as one. */
export async function followPages(
  step: ScenarioStep,
  { collect, next, nextIn, end }: FollowedPages,
  operation: ApiOperation,
  first: unknown,
  scene: Scene,
  runner: Runner,
): Promise<StepResult> {
  const items: unknown[] = [];
  let body = first;
  for (;;) {
    const { call, response } = await sendStep(step, operation, body, scene, runner);
    const form = await checkStep(
      { ...step, expect: { error: step.expect.error, errorCode: step.expect.errorCode } },
      call,
      response,
      scene,
      runner,
    );
    if (form.mismatches.length > 0) return form;
    const page = at(response.body, collect);
    if (Array.isArray(page)) items.push(...page);
    const [isEnd, from, to] = [at(response.body, end), at(body, nextIn), at(response.body, next)];
    const wrong = (pointer: string, expected: string): StepResult => ({
      call,
      response,
      mismatches: [{ rule: "value", pointer, expected, got: show(at(response.body, pointer)) }],
    });
    if (isEnd === 1) {
      const whole = { ...response, body: withMember(response.body, collect, items) };
      return { call, response: whole, mismatches: checkContent(whole, step.expect, scene, runner.clock.now()) };
    }
    if (isEnd !== 0) return wrong(end, "1 on the last page and 0 on every other");
    if (typeof to !== "number" || !(to > Number(from)))
      return wrong(next, `a number above ${show(from)}, where this page began`);
    if (!Array.isArray(page) || page.length === 0)
      return wrong(collect, "at least one item on a page that is not the last");
    body = withMember(body, nextIn, to);
  }
}

/** Returns a copy of the value with another member at a pointer of one token. */
function withMember(value: unknown, pointer: string, member: unknown): unknown {
  return { ...Object(value), [pointer.slice(1)]: member };
}
