/** What a command did, as its reports need it. */
import { exitCodes } from "../exit-codes.ts";
import { groupBy } from "../group-by.ts";
import type { Exchange } from "../record/exchange.ts";
import type { Violation } from "../judge/violation.ts";
import type { ScenarioOutcome, ScenarioResult, VerifyReport } from "../verify/scenario.ts";
import { type Finding, findingsOfViolations, groupByCause, isUnused, type Occurrence } from "./finding.ts";
import { findingsOfReport, withoutVerdict } from "./from-verify.ts";
import { count, list, seconds } from "./words.ts";

/** A run of a command. */
export interface Run {
  /** `verify`, `check`, `proxy` or `serve`. A baseline belongs to one command. */
  readonly command: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly cases: readonly Case[];
  /** Names of the scenarios or operations of which everything was checked, so that what is not found there no longer occurs. */
  readonly judged: ReadonlySet<string>;
  /** The last lines of the text. */
  readonly summary: string;
  /** What `--json` writes next to the findings. */
  readonly data: object;
}

/** One line of a report of tests: a scenario, or the calls of an operation. */
export interface Case {
  readonly suite: string;
  /** As `scenarios` or `operations` of a finding name it. */
  readonly id: string;
  readonly title: string;
  readonly outcome: "passed" | "failed" | "skipped" | "notRun" | "notJudged";
  readonly durationMs: number;
  /** Why it was skipped, did not run, or has no verdict. */
  readonly because?: string;
  /** The findings of this case alone. */
  readonly findings: readonly Finding[];
}

/** The case of calls whose path and method no operation has. */
const noOperation = "";

/** Returns the exit code of a run. What is in the baseline, or not used by the consumer, does not count; what did not run or has no verdict always does. */
export function exitCodeOf(findings: readonly Finding[], { cases }: Pick<Run, "cases">): VerifyReport["exitCode"] {
  const has = (outcome: Finding["outcome"]): boolean =>
    findings.some((finding) => finding.outcome === outcome && finding.state !== "known" && !isUnused(finding));
  if (has("failed")) return exitCodes.failed;
  if (has("notJudged")) return exitCodes.notJudged;
  const wasJudged = cases.some(({ outcome }) => outcome === "passed" || outcome === "failed");
  return has("notRun") || !wasJudged ? exitCodes.notRun : exitCodes.passed;
}

/** Returns a finding for each case that did not run, or has no verdict, and says so nowhere else. */
export function missingVerdicts({ cases }: Pick<Run, "cases">): Finding[] {
  return groupByCause(
    cases.flatMap(({ outcome, findings, because = "" }): Occurrence[] =>
      findings.length === 0 && (outcome === "notRun" || outcome === "notJudged")
        ? [withoutVerdict(outcome, because)]
        : [],
    ),
  );
}

const caseOutcomes: Readonly<Record<ScenarioOutcome, Case["outcome"]>> = {
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  notRun: "notRun",
  error: "notJudged",
};

/** Returns the case of a scenario. One that the consumer does not need is skipped. */
function caseOf(result: ScenarioResult): Case {
  const { id, title, group, durationMs, because, outcome, need } = result;
  const isNeeded = need?.isNeeded ?? true;
  const reasons = [...(isNeeded ? [] : ["not used by this consumer"]), ...(because === undefined ? [] : [because])];
  return {
    suite: group,
    id,
    title,
    outcome: isNeeded ? caseOutcomes[outcome] : "skipped",
    durationMs,
    ...(reasons.length > 0 && { because: reasons.join(": ") }),
    findings: findingsOfReport({ results: [result] }).filter((finding) => !isUnused(finding)),
  };
}

/** Returns the run of a report of `verify`. */
export function runOfReport(report: Omit<VerifyReport, "exitCode">): Run {
  const { results, totals, calls, waitedMs, startedAt, plan } = report;
  const skipped = groupBy(
    results.filter(({ outcome }) => outcome === "skipped"),
    ({ because = "" }) => because,
  );
  return {
    command: "verify",
    startedAt,
    durationMs: report.durationMs,
    cases: results.map(caseOf),
    // A scenario ends at its first failed step, so what else it would find is unknown.
    judged: new Set(results.filter(({ outcome }) => outcome === "passed").map(({ id }) => id)),
    summary: [
      ...[...skipped].map(([because, own]) => `SKIPPED ${list(own.map(({ id }) => id))}: ${because}\n`),
      ...(totals.passed + totals.failed === 0 ? ["Nothing was verified, because no scenario ran.\n"] : []),
      `${totals.passed} passed, ${totals.failed} failed, ${totals.error} not judged, ${totals.notRun} not run, ${totals.skipped} skipped. ` +
        `${count(calls, "call")} in ${seconds(report.durationMs)}, of which ${seconds(waitedMs)} were the wait for the rate limit. Seed ${plan.seed}.\n`,
      ...(results.some(({ need }) => need) ? [needSummary(results)] : []),
    ].join("\n"),
    data: report,
  };
}

function needSummary(results: readonly ScenarioResult[]): string {
  const needed = results.filter(({ need }) => need?.isNeeded);
  const number = (outcome: ScenarioOutcome): number => needed.filter((one) => one.outcome === outcome).length;
  return (
    `Needed by the consumer: ${number("passed")} passed, ${number("failed")} failed, ${number("error")} not judged, ` +
    `${number("notRun")} not run, ${number("skipped")} skipped. Not used by it: ${count(results.length - needed.length, "scenario")}.\n`
  );
}

/**
 * Returns the run of recorded calls that were judged.
 *
 * @param command Name of the command.
 * @param exchanges The calls.
 * @param violations Their violations, of the sides that were judged.
 * @param data What `--json` writes.
 */
export function runOfCalls(
  command: string,
  exchanges: readonly Exchange[],
  violations: readonly Violation[],
  data: object = { calls: exchanges.length, violations },
): Run {
  // Calls before a reset are gone, but not their violations.
  const operations = [...new Set([...exchanges, ...violations].map(({ operation }) => operation))];
  const times = exchanges.map(({ startedAt }) => startedAt);
  const end = exchanges.reduce((latest, { startedAt, durationMs }) => Math.max(latest, startedAt + durationMs), 0);
  const start = times.reduce((earliest, time) => Math.min(earliest, time), Infinity);
  return {
    command,
    startedAt: new Date(exchanges.length === 0 ? 0 : start).toISOString(),
    durationMs: exchanges.length === 0 ? 0 : end - start,
    cases: operations.map((operation) => {
      const own = exchanges.filter((exchange) => exchange.operation === operation);
      const findings = findingsOfViolations(violations.filter((violation) => violation.operation === operation));
      return {
        suite: command,
        id: operation ?? noOperation,
        title: `${operation ?? "no operation"}${own.length === 0 ? "" : `: ${count(own.length, "call")}`}`,
        outcome: findings.length > 0 ? "failed" : "passed",
        durationMs: own.reduce((sum, { durationMs }) => sum + durationMs, 0),
        findings,
      };
    }),
    judged: new Set(operations.map((operation) => operation ?? noOperation)),
    summary: `${exchanges.length === 0 ? "" : `${count(exchanges.length, "call")}, `}${count(violations.length, "violation")} with ${count(findingsOfViolations(violations).length, "cause")}.\n`,
    data,
  };
}
