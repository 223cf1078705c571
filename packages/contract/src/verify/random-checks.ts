/** Checks with bodies that are made at random: valid ones, and ones that break exactly one rule. */
import * as fc from "fast-check";
import { limits } from "@contact-groups/openapi/model";
import { type Operation, operations } from "../operations.ts";
import type { Cast } from "./cast.ts";
import { requestSource } from "./example-bodies.ts";
import { documents } from "./facts.ts";
import type { Complaint } from "./judge-answer.ts";
import { judgeRandom } from "./judge-random.ts";
import { NoAnswerError } from "./provider.ts";
import { bodiesOf } from "./random-bodies.ts";
import { toCurl, type Call } from "./request.ts";
import { ask, type Runner } from "./step.ts";
import type { Failure, ScenarioResult } from "./verify-report.ts";

/** A random check of an operation. */
export interface RandomCheck {
  readonly id: string;
  readonly title: string;
  readonly operation: Operation;
  readonly kind: "valid" | "invalid";
  /** Users that its calls may be for. */
  readonly needs: {
    readonly users: Readonly<Record<"owner" | "peer", { readonly is: "fresh" | "imported"; readonly count: number }>>;
  };
}

/** All of them. A user can have so many groups only, so that many runs need several users. */
export function randomChecks(runs: number): readonly RandomCheck[] {
  const groups = limits.groupsPerUser.maximum;
  return operations.flatMap((operation) =>
    (["valid", "invalid"] as const).map((kind): RandomCheck => {
      const writes = operation.effect !== "read" && kind === "valid";
      return {
        id: `random/${operation.operationId}/${kind}`,
        title:
          kind === "valid"
            ? `Any valid body of ${operation.operationId} is taken`
            : `Any body of ${operation.operationId} that breaks one rule is refused with the code of the rule`,
        operation,
        kind,
        needs: {
          users: {
            owner: { is: writes ? "fresh" : "imported", count: writes ? Math.ceil(runs / groups) : 1 },
            peer: { is: "imported", count: 2 },
          },
        },
      };
    }),
  );
}

/** A call that went wrong. */
interface Wrong {
  readonly call: Call;
  readonly complaint: Complaint;
}

/** Runs a check, and shrinks what goes wrong to a small body. */
export async function runRandomCheck(
  check: RandomCheck,
  cast: Cast,
  runner: Runner,
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Promise<ScenarioResult> {
  const { provider, clock } = runner;
  const startedAt = clock.now();
  const callsBefore = provider.calls;
  let wrong: Wrong | undefined;
  let lost: NoAnswerError | undefined;
  const { operation } = check;
  const scene = { cast, captures: new Map<string, unknown>() };
  const property = fc.asyncProperty(bodiesOf(check, cast), async ({ body, code }) => {
    if (lost) return true;
    try {
      const expect = { errorCode: code === undefined ? [] : [code] };
      const { call, answer } = await ask({ operation: operation.operationId, expect }, operation, body, scene, runner);
      const [complaint] = await judgeRandom(operation, answer, body, code, runner);
      if (complaint) wrong = { call, complaint };
      return complaint === undefined;
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      lost = error;
      return true;
    }
  });
  const details = await fc.check(property, { seed, numRuns: runs });
  if (details.errorInstance && !wrong) throw details.errorInstance;
  return {
    id: check.id,
    title: check.title,
    group: "random",
    basis: "documented",
    outcome: lost ? "error" : wrong ? "failed" : "passed",
    durationMs: clock.now() - startedAt,
    calls: provider.calls - callsBefore,
    ...(lost && { because: lost.message }),
    ...(wrong && {
      because: `seed ${seed}, run ${details.numRuns} of ${runs}, made ${details.numShrinks} steps smaller`,
    }),
    failures: wrong ? [toFailure(check, wrong)] : [],
  };
}

function toFailure({ operation, kind }: RandomCheck, { call, complaint }: Wrong): Failure {
  return {
    step: 1,
    operation: operation.operationId,
    request: toCurl(call),
    ...complaint,
    why:
      kind === "valid"
        ? "A caller that obeys the description must not be refused."
        : "A body that is taken although it is wrong does something else than its caller meant.",
    sources: requestSource(operation).flatMap((key) => documents[key] ?? []),
  };
}
