import { createHash } from "node:crypto";
import type { Basis, Failure, ScenarioResult, VerifyReport } from "../verify/scenario.ts";

/** A provider may differ from what is disputed or assumed. */
const levels: Readonly<Record<Basis, "error" | "warning">> = {
  documented: "error",
  disputed: "warning",
  assumed: "warning",
};

const exitCodes: Readonly<Record<VerifyReport["exitCode"], string>> = {
  0: "Every selected scenario ran and passed.",
  1: "A scenario failed.",
  2: "A scenario got no response.",
  3: "A selected scenario did not run, or none ran.",
};

/**
 * Creates a SARIF log of a report: one rule for each scenario, one result for each failure.
 *
 * @param report The report of `verify`.
 * @returns The log, ready for `JSON.stringify`.
 * @example
 * ```ts
 * writeFileSync("verify.sarif", JSON.stringify(sarifLog(await verify(options))));
 * ```
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html SARIF 2.1.0
 */
export function sarifLog(report: VerifyReport): object {
  const { results, versions, startedAt, durationMs, exitCode } = report;
  const unknown = results.filter(({ outcome }) => outcome === "error" || outcome === "notRun");
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "contact-groups-contract",
            semanticVersion: versions.contract,
            informationUri: "https://www.npmjs.com/package/@contact-groups/contract",
            rules: results.map(rule),
          },
        },
        invocations: [
          {
            executionSuccessful: exitCode < 2 && unknown.length === 0,
            exitCode,
            exitCodeDescription: exitCodes[exitCode],
            startTimeUtc: startedAt,
            endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
            toolExecutionNotifications: unknown.map(({ id, outcome, because = "" }) => ({
              level: "error",
              message: { text: `${outcome === "notRun" ? "Did not run" : "Got no response"}: ${because}` },
              associatedRule: { id },
            })),
          },
        ],
        results: results.flatMap((one, ruleIndex) => one.failures.map((failure) => result(one, ruleIndex, failure))),
      },
    ],
  };
}

function rule({ id, title, basis, failures: [first] }: ScenarioResult): object {
  const [source] = first?.sources ?? [];
  return {
    id,
    shortDescription: { text: title },
    ...(first && { fullDescription: { text: first.why } }),
    ...(source?.url !== undefined && { helpUri: source.url }),
    defaultConfiguration: { level: levels[basis] },
  };
}

function result({ id, basis }: ScenarioResult, ruleIndex: number, failure: Failure): object {
  const { step, operation, pointer, expected, got, why, request, sources } = failure;
  const fingerprint = createHash("sha256").update(`${id} ${step} ${pointer}`).digest("hex");
  return {
    ruleId: id,
    ruleIndex,
    level: levels[basis],
    message: { text: `${pointer || "The response"}: expected ${expected}, got ${got}. ${why}` },
    // A provider has no source files here, so viewers show the operation.
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: `operations/${operation}` }, region: { startLine: step } },
        logicalLocations: [{ name: operation, fullyQualifiedName: `${operation}${pointer}`, kind: "function" }],
      },
    ],
    partialFingerprints: { "scenarioStepPointer/v1": fingerprint },
    properties: { request, basis, sources },
  };
}
