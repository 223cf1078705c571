import { queryFields } from "@contact-groups/openapi/model";
import { operations } from "../operations.ts";
import { bodyScenarios } from "./body-scenarios.ts";
import { queryScenarios } from "./query-scenarios.ts";
import type { Scenario } from "./scenario.ts";

/** Scenarios that follow from the description alone: one for each rule of each parameter and each field. */
export function ruleScenarios(): readonly Scenario[] {
  return operations.flatMap((operation) => [
    ...queryFields.flatMap((value) => queryScenarios(operation, value)),
    ...bodyScenarios(operation),
  ]);
}
