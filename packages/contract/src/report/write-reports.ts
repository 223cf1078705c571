/** The options of every command that judges, and the files that they write. */
import { appendFileSync, closeSync, openSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import type { Terminal } from "../cli/options.ts";
import type { ExitCode } from "../exit-codes.ts";
import { type Comparison, compare, readBaseline } from "./baseline.ts";
import type { Finding } from "./finding.ts";
import { githubAnnotations } from "./github.ts";
import { junitXml } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { exitCodeOf, missingVerdicts, type Run } from "./run.ts";
import { sarifLog } from "./sarif.ts";
import { findingsText } from "./text.ts";
import { count } from "./words.ts";

/** The options, as commander parses them. */
export interface ReportOptions {
  readonly json?: string;
  readonly junit?: string;
  readonly sarif?: string;
  readonly baseline?: string;
  readonly updateBaseline?: true;
}

/** Adds the options of reports to a command. */
export function addReportOptions(command: Command): Command {
  return command
    .option("--json <file>", "write the report as JSON")
    .option("--junit <file>", "write the report as JUnit XML")
    .option("--sarif <file>", "write the report as SARIF 2.1.0")
    .option("--baseline <file>", "file with known findings; only others make the exit code 1")
    .option("--update-baseline", "write the findings of this run to the file of --baseline");
}

/**
 * Checks the options before the calls, which can take minutes. Throws an `Error` that names the option when a file cannot be written, or the
 * baseline cannot be read.
 */
export function checkReportOptions(options: ReportOptions, command: string): void {
  const { json, junit, sarif, baseline, updateBaseline } = options;
  if (updateBaseline && baseline === undefined)
    throw new Error("--update-baseline needs the file to write: add --baseline <file>.");
  if (baseline !== undefined) readBaseline(baseline, command, updateBaseline === true);
  for (const [option, file] of Object.entries({ json, junit, sarif })) if (file !== undefined) tryToWrite(option, file);
}

/**
 * Writes all reports that the options and the environment select: the text, the files, the baseline, and in GitHub Actions the annotations
 * and the step summary.
 *
 * @param findings The findings of the run.
 * @param run What the command did.
 * @param options The options of `addReportOptions`.
 * @param terminal Where the text is written, and whose environment says whether this is GitHub Actions.
 * @returns The exit code: 1 for a finding that is not in the baseline, 4 for a missing verdict, 3 for what did not run, else 0.
 */
export function writeReports(
  findings: readonly Finding[],
  run: Run,
  options: ReportOptions,
  terminal: Pick<Terminal, "write" | "writeError" | "environment">,
): ExitCode {
  const { json, junit, sarif, baseline, updateBaseline } = options;
  const comparison = baseline === undefined ? undefined : compareWith(baseline, findings, run, updateBaseline === true);
  const { findings: all = findings, resolved = [], notes = [] } = comparison ?? {};
  terminal.write(reportText(all, run, notes));
  // The text has these in its summary.
  const whole = [...all, ...missingVerdicts(run)];
  const exitCode = exitCodeOf(whole, run);
  const asJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  write(json, () => asJson({ ...run.data, exitCode, findings: whole, ...(comparison && { resolved }) }));
  write(junit, () => junitXml(all, run));
  write(sarif, () => asJson(sarifLog(whole, run, exitCode, resolved)));
  if (updateBaseline && comparison) write(baseline, () => asJson(comparison.next));
  const { GITHUB_ACTIONS: isGitHub, GITHUB_STEP_SUMMARY: summary } = terminal.environment;
  if (isGitHub === "true") terminal.write(githubAnnotations(whole));
  if (summary) append(summary, markdown(whole, run, notes), terminal);
  return exitCode;
}

/** Writes a report for a terminal: the findings that are not known, the notes on the baseline, then the counts. */
export function reportText(findings: readonly Finding[], run: Run, notes: readonly string[] = []): string {
  const known = findings.filter(({ state }) => state === "known");
  return [
    findingsText(findings.filter(({ state }) => state !== "known")),
    ...notes.map((note) => `${note}\n`),
    ...(known.length > 0 ? [aboutKnown(known)] : []),
    run.summary,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function aboutKnown(known: readonly Finding[]): string {
  const scenarios = new Set(known.flatMap((finding) => finding.scenarios));
  const ended =
    scenarios.size === 0
      ? ""
      : ` ${count(scenarios.size, "scenario")} ended there, so their later steps were not checked.`;
  return `${count(known.length, "known finding")} of the baseline, which ${known.length === 1 ? "does" : "do"} not count.${ended}\n`;
}

function compareWith(file: string, findings: readonly Finding[], run: Run, isUpdate: boolean): Comparison {
  const comparison = compare(readBaseline(file, run.command, isUpdate), findings, run);
  if (!isUpdate) return comparison;
  // What is written now is known from now on.
  const accepted = comparison.findings.map((finding) =>
    finding.outcome === "failed" ? ({ ...finding, state: "known" } as const) : finding,
  );
  const { length } = comparison.next.findings;
  return { ...comparison, findings: accepted, notes: [`The baseline ${file} has ${count(length, "finding")} now.`] };
}

/** Creates the file if it does not exist. */
function tryToWrite(option: string, file: string): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`--${option} ${file} cannot be written (${code}). The folder must exist.`, { cause: error });
  }
}

function write(file: string | undefined, text: () => string): void {
  if (file !== undefined) writeFileSync(file, text());
}

/** A summary that cannot be written does not change the verdict. */
function append(file: string, text: string, terminal: Pick<Terminal, "writeError">): void {
  try {
    appendFileSync(file, `${text}\n`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    terminal.writeError(`The step summary ${file} cannot be written (${code}).\n`);
  }
}
