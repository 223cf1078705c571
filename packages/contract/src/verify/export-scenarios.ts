import { queryFields } from "@contact-groups/openapi/model";
import { descriptionVersion, documents, operations, type SourceDocument } from "../operations.ts";
import { loadScenarios } from "./load-scenarios.ts";
import { ruleScenarios } from "./rule-scenarios.ts";
import type { Scenario } from "./scenario.ts";

/** All scenarios in a form that a test in any language can run. `scenarios.schema.json` describes it. */
export interface ScenarioExport {
  readonly $schema: string;
  readonly description: string;
  readonly operations: Readonly<Record<string, ExportedOperation>>;
  readonly documents: Readonly<Record<string, SourceDocument>>;
  readonly scenarios: readonly Scenario[];
}

interface ExportedOperation {
  readonly method: string;
  readonly path: string;
  /** The query of each call. A parameter without `value` and `credential` is any number that the description allows. */
  readonly query: readonly { readonly name: string; readonly value?: unknown; readonly credential?: true }[];
}

/** Exports all scenarios, with every value of the description filled in. */
export function exportScenarios(): ScenarioExport {
  const scenarios = [...loadScenarios(), ...ruleScenarios()];
  const sources = new Set(scenarios.flatMap(({ source }) => source));
  return {
    $schema: "./scenarios.schema.json",
    description: descriptionVersion,
    operations: Object.fromEntries(
      operations.map(({ operationId, method, path }) => [
        operationId,
        {
          method,
          path,
          query: queryFields.map(({ name, credential, field }) => ({
            name,
            ...(credential && { credential: true as const }),
            ...(field.enum && { value: field.enum[0] }),
          })),
        },
      ]),
    ),
    documents: Object.fromEntries(Object.entries(documents).filter(([key]) => sources.has(key))),
    scenarios,
  };
}

/** Writes the export: one scenario per line, so that versions can be compared. */
export function exportText(): string {
  const { scenarios, ...head } = exportScenarios();
  const lines = scenarios.map((scenario) => `    ${JSON.stringify(scenario)}`).join(",\n");
  return `${JSON.stringify(head, null, 2).replace(/\n\}$/, "")},\n  "scenarios": [\n${lines}\n  ]\n}\n`;
}
