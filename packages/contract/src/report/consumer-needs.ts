/** Which results of `verify` a consumer needs. */
import type { Conversation } from "@contact-groups/openapi/bodies";
import type { Exchange } from "../record/exchange.ts";
import type { Failure, Need, Scenario, ScenarioResult } from "../verify/scenario.ts";
import { type ConsumerUse, useOf } from "./consumer-use.ts";
import { withoutIndexes } from "./finding.ts";
import { isOfScenario } from "./from-verify.ts";

/**
 * Marks each result and each failure with what the consumer needs of it, from its recorded calls.
 *
 * A failure is needed when the consumer sends such a request, or handles the error code that was expected: such a request has no field that the
 * consumer never sends, no longer list, and no later page if it only reads the first. A response is needed where the consumer received that
 * part. Without a failure, a scenario is needed when the consumer calls one of its operations.
 *
 * @param results The results of `verify`.
 * @param exchanges The recorded calls of the consumer, with at least one call of an operation.
 * @param scenarios The scenarios; random checks have none.
 */
export function withNeeds(
  results: readonly ScenarioResult[],
  exchanges: readonly Exchange[],
  scenarios: readonly Scenario[],
): ScenarioResult[] {
  const use = useOf(exchanges);
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  return results.map((result) => {
    const failures = result.failures.map((failure) => ({ ...failure, need: toNeed(needOfFailure(failure, use)) }));
    const needed = failures.find(({ need }) => need.isNeeded);
    const need =
      result.outcome === "failed" ? needed?.need : toNeed(needOfScenario(result.id, byId.get(result.id), use));
    return { ...result, failures, need: need ?? { isNeeded: false } };
  });
}

function toNeed(reason: string | undefined): Need {
  return reason === undefined ? { isNeeded: false } : { isNeeded: true, reason };
}

function needOfFailure(failure: Failure, use: ConsumerUse): string | undefined {
  const { operation, pointer, rule, expected, request } = failure;
  const place = withoutIndexes(pointer);
  if (!isOfScenario(failure)) return use.ofResponse(operation, place);
  const body = bodyOf(request);
  if (rule === "value") return use.ofRequest(operation, body) && use.ofResponse(operation, place);
  const codes = [...expected.matchAll(/(?:^| or )(-?\d+)\b/g)].map(([, code]) => Number(code));
  return codes.includes(0) ? use.ofRequest(operation, body) : use.ofCodes(operation, codes);
}

/** Reads the body of a request from its command for a shell; undefined when it has none, or none that is JSON. */
function bodyOf(request: string): unknown {
  const [, quoted] = / --data-raw '(.*)'$/s.exec(request) ?? [];
  try {
    return JSON.parse((quoted ?? "").replaceAll(String.raw`'\''`, "'"));
  } catch {
    return undefined;
  }
}

/** The id of a chat group in a conversation. */
const chatGroupName: "ToGroupId" & keyof Extract<Conversation, { Type: 2 }> = "ToGroupId";

/** What a scenario sends is known only when it runs, so one that calls an operation of the consumer is needed. */
function needOfScenario(id: string, scenario: Scenario | undefined, use: ConsumerUse): string | undefined {
  // A random check has its operation in its name; an invalid body is none of the consumer.
  const [, operation = "", kind] = id.split("/");
  if (!scenario) return kind === "valid" ? use.ofResponse(operation, "") : undefined;
  if (scenario.needs.chatGroups && !use.sends(chatGroupName)) return undefined;
  return scenario.operations.map((name) => use.ofResponse(name, "")).find((need) => need !== undefined);
}
