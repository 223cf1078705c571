import manifest from "../../package.json" with { type: "json" };
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { KnownFinding } from "./baseline.ts";
import { type Finding, isUnused } from "./finding.ts";
import type { Run } from "./run.ts";
import { where } from "./text.ts";

/** A provider may differ from what is disputed or assumed. */
const levels: Readonly<Record<Finding["basis"], "error" | "warning">> = {
  documented: "error",
  disputed: "warning",
  assumed: "warning",
};

const states: Readonly<Record<NonNullable<Finding["state"]>, "unchanged" | "new" | "updated">> = {
  known: "unchanged",
  new: "new",
  changed: "updated",
};

const descriptions: Readonly<Record<ExitCode, string>> = {
  [exitCodes.passed]: "Everything that was selected ran and passed.",
  [exitCodes.failed]: "A rule is broken.",
  [exitCodes.invalidUsage]: "An option or the environment is invalid.",
  [exitCodes.notRun]: "Something that was selected did not run, or nothing ran.",
  [exitCodes.notJudged]: "Something has no verdict.",
};

/** Creates a SARIF 2.1.0 log: one rule for each kind of finding, one result for each finding, with its state in the baseline. */
export function sarifLog(
  findings: readonly Finding[],
  { command, startedAt, durationMs }: Run,
  exitCode: ExitCode,
  resolved: readonly KnownFinding[] = [],
): object {
  const failed = findings.filter(({ outcome }) => outcome === "failed");
  const unknown = findings.filter((finding) => finding.outcome !== "failed" && !isUnused(finding));
  const rules = [...new Set([...findings, ...resolved].map(({ rule }) => rule))].toSorted();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "contact-groups-contract",
            semanticVersion: manifest.version,
            informationUri: "https://www.npmjs.com/package/@contact-groups/contract",
            rules: rules.map((id) => ({ id })),
          },
        },
        automationDetails: { id: `${command}/` },
        invocations: [
          {
            executionSuccessful: unknown.length === 0 && exitCode !== exitCodes.notRun,
            exitCode,
            exitCodeDescription: descriptions[exitCode],
            startTimeUtc: startedAt,
            endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
            toolExecutionNotifications: unknown.map((finding) => ({
              level: "error",
              message: { text: [finding.message, where(finding)].join(" ").trimEnd() },
              associatedRule: { id: finding.rule, index: rules.indexOf(finding.rule) },
            })),
          },
        ],
        results: [
          ...failed.map((finding) => result(finding, rules)),
          ...resolved.map((one) => ({
            ruleId: one.rule,
            ruleIndex: rules.indexOf(one.rule),
            level: "none",
            message: { text: "This known finding no longer occurs." },
            locations: one.operations.slice(0, 1).map((operation) => location(operation, one.pointer)),
            partialFingerprints: { "cause/v1": one.fingerprint },
            baselineState: "absent",
          })),
        ],
      },
    ],
  };
}

function result(finding: Finding, rules: readonly string[]): object {
  const {
    need,
    rule,
    basis,
    message,
    fix,
    why,
    operations,
    pointer,
    count,
    scenarios,
    calls,
    state,
    first,
    documents,
  } = finding;
  const [operation = "", ...others] = operations;
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: isUnused(finding) ? "note" : levels[basis],
    message: { text: [message, why, `Fix: ${fix}`].filter((part) => part !== undefined).join(" ") },
    locations: [location(operation, pointer)],
    ...(others.length > 0 && {
      relatedLocations: others.map((other, index) => ({ id: index + 1, ...location(other, pointer) })),
    }),
    occurrenceCount: count,
    partialFingerprints: { "cause/v1": finding.fingerprint },
    ...(state && { baselineState: states[state] }),
    properties: { basis, scenarios, calls, first, documents, ...(need && { need }) },
  };
}

/** A provider has no source files here, so viewers show the operation. */
function location(operation: string, pointer: string): object {
  return {
    physicalLocation: { artifactLocation: { uri: `operations/${operation}` }, region: { startLine: 1 } },
    logicalLocations: [{ name: operation, fullyQualifiedName: `${operation}${pointer}`, kind: "function" }],
  };
}
