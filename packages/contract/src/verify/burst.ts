import type { Operation } from "../operations.ts";
import { codeOf, sayCode } from "./facts.ts";
import { fillScene, type Scene } from "./fill-values.ts";
import { errorCode } from "./judge-answer.ts";
import { toCall } from "./request.ts";
import type { Step } from "./scenario.ts";
import { judge, type Finding, type Runner } from "./step.ts";

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
