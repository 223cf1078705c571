import { operations } from "../operations.ts";
import { burst } from "./burst.ts";
import type { Cast } from "./cast.ts";
import { documents } from "./facts.ts";
import { at, fillScene, type Scene } from "./fill-values.ts";
import { followPages } from "./follow-pages.ts";
import type { Complaint } from "./judge-answer.ts";
import { NoAnswerError } from "./provider.ts";
import { toCurl, type Call } from "./request.ts";
import type { Scenario, Step } from "./scenario.ts";
import { ask, judge, type Finding, type Runner } from "./step.ts";
import type { Failure, ScenarioResult } from "./verify-report.ts";

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
