import { gateCode, type Operation } from "../operations.ts";
import { groupBy, mutations, type Mutation } from "./broken-values.ts";
import { exampleOf, needsOf, requestSource, template } from "./example-bodies.ts";
import { nameOf } from "./facts.ts";
import { expected } from "./load-scenarios.ts";
import type { Basis, Scenario, Step } from "./scenario.ts";

/** Scenarios of a body: for each field and each of its rules, the values that break it. */
export function bodyScenarios(operation: Operation): Scenario[] {
  const valid = exampleOf(operation);
  const found = groupBy(mutations(operation.request, valid), ({ keyword, pointer }) => `${pointer}/${keyword}`);
  return [...found].map(([rule, list]): Scenario => {
    const [first] = list;
    const place = first?.pointer || "the body";
    const steps = list.map(({ value, code }): Step => ({
      operation: operation.operationId,
      body: template(operation.operationId, value),
      expect: expected([nameOf(code ?? gateCode("body"))]),
    }));
    return {
      id: `rule/${operation.operationId}/body${rule}`,
      title: `A body whose ${place} breaks the rule "${first?.keyword}" is refused`,
      group: "invalid",
      basis: basisOf(first),
      needs: needsOf(steps),
      steps: unique(steps),
      reason: "A body that is taken although it is wrong does something else than its caller meant.",
      source: sourceOf(first, operation),
    };
  });
}

function basisOf(mutation: Mutation | undefined): Basis {
  if (mutation?.keyword === "x-maxBytes" && "maxBytesDisputed" in mutation.field) return "disputed";
  // The documents list fields; that another one is refused is the description's strictness.
  return mutation?.keyword === "additionalProperties" ? "assumed" : "documented";
}

function sourceOf(mutation: Mutation | undefined, operation: Operation): readonly string[] {
  return mutation?.field.sources ?? requestSource(operation);
}

function unique(steps: readonly Step[]): Step[] {
  return [...new Map(steps.map((step) => [JSON.stringify(step), step])).values()];
}
