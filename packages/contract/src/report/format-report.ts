import type { VerifyReport } from "../verify/scenario.ts";
import { findingsOfReport } from "./from-verify.ts";
import { githubAnnotations } from "./github.ts";
import { junitXml } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { exitCodeOf, runOfReport } from "./run.ts";
import { sarifLog } from "./sarif.ts";
import { reportText } from "./write-reports.ts";

/**
 * `text` for a terminal, `junit` for test reports (XML), `sarif` for code scanning (JSON), `github` for annotations in a log of GitHub
 * Actions, `markdown` for its step summary.
 */
export type ReportFormat = "text" | "junit" | "sarif" | "github" | "markdown";

/**
 * Writes a report of `verify` in a format. Failures are grouped by their cause: a field that is missing from every response is one finding.
 *
 * @param report The report.
 * @param format The format.
 * @returns The text of the file. No format has a credential.
 * @example
 * ```ts
 * const report = await verify(options);
 * console.log(formatReport(report, "text"));
 * writeFileSync("verify.xml", formatReport(report, "junit"));
 * writeFileSync("verify.sarif", formatReport(report, "sarif"));
 * ```
 */
export function formatReport(report: VerifyReport, format: ReportFormat): string {
  const findings = findingsOfReport(report);
  const run = runOfReport(report);
  switch (format) {
    case "text":
      return reportText(findings, run);
    case "junit":
      return junitXml(findings, run);
    case "sarif":
      return `${JSON.stringify(sarifLog(findings, run, exitCodeOf(findings, run)), null, 2)}\n`;
    case "github":
      return githubAnnotations(findings);
    case "markdown":
      return markdown(findings, run);
    default:
      throw new RangeError(`format must be text, junit, sarif, github or markdown, but is ${String(format)}.`);
  }
}
