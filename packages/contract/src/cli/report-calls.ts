/** Reports the verdict of a server or a proxy. */
import { type Contract, ContractViolationError } from "../contract.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type JudgeOptions, rules } from "../judge/judge.ts";
import { findingsOfViolations } from "../report/finding.ts";
import { type Case, runOfCalls } from "../report/run.ts";
import { type ReportOptions, writeReports } from "../report/write-reports.ts";
import type { Exchange } from "../record/exchange.ts";
import type { RuleName, Violation } from "../judge/violation.ts";
import type { Verdict } from "../verdict.ts";
import type { Terminal } from "./options.ts";

interface Reported {
  readonly name: string;
  readonly server: Pick<Contract, "assertValid" | "exchanges" | "violations">;
  readonly judging: JudgeOptions;
  readonly reports: ReportOptions;
}

/** Writes the reports on the calls of a server, and returns the exit code. */
export function reportCalls({ name, server, judging, reports }: Reported, terminal: Terminal): ExitCode {
  const violations = server.violations(judging);
  // Without any rule, what remains is whether the calls could be judged.
  const verdict = verdictOn(server, { ...judging, ignore: Object.keys(rules) as RuleName[] });
  return reportVerdict({ name, exchanges: server.exchanges, violations, verdict, reports }, terminal);
}

interface ReportedVerdict {
  readonly name: string;
  readonly exchanges: readonly Exchange[];
  readonly violations: readonly Violation[];
  /** The verdict on the calls apart from their violations. */
  readonly verdict: Verdict;
  readonly reports: ReportOptions;
  /** What `--json` has in addition. */
  readonly data?: object;
}

/** Writes the reports on calls, and returns the exit code: that of the violations, else that of the verdict apart from them. */
export function reportVerdict(
  { name, exchanges, violations, verdict, reports, data }: ReportedVerdict,
  terminal: Terminal,
): ExitCode {
  const { outcome, text } = verdict;
  const isJudged = outcome === "passed" || outcome === "failed";
  const all = { calls: exchanges.length, violations, outcome: violations.length > 0 ? "failed" : outcome, ...data };
  const run = runOfCalls(name, exchanges, violations, all);
  const ofVerdict: Case = {
    suite: name,
    id: "verdict",
    title: "a verdict on all calls",
    outcome: isJudged ? "passed" : outcome,
    durationMs: 0,
    because: text,
    findings: [],
  };
  const whole = {
    ...run,
    // All calls can have been before a reset.
    cases: isJudged && run.cases.length > 0 ? run.cases : [...run.cases, ofVerdict],
    summary: `${violations.length > 0 ? run.summary : ""}${isJudged && violations.length > 0 ? "" : `${text}\n`}`,
  };
  const code = writeReports(findingsOfViolations(violations), whole, reports, terminal);
  return code === exitCodes.passed || code === exitCodes.notRun ? exitCodes[outcome] : code;
}

function verdictOn(server: Reported["server"], judging: JudgeOptions): Verdict {
  try {
    server.assertValid(judging);
  } catch (error) {
    if (!(error instanceof ContractViolationError)) throw error;
    return { outcome: error.outcome, text: error.message };
  }
  return { outcome: "passed", text: "All calls since the start are valid." };
}
