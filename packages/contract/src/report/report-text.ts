import type { Failure, ScenarioResult, VerifyReport } from "../verify/verify-report.ts";
import { byReason, count, list, seconds } from "./plan-text.ts";

/** Most of a long request that a terminal is to show; the other reports have it whole. */
const longestRequest = 1000;

/** The report for a terminal: what failed and why it matters, then the totals. */
export function reportText(report: VerifyReport): string {
  const { results, totals, calls, durationMs, waitedMs, plan } = report;
  const unclear = results.filter(({ outcome }) => outcome === "error");
  const skipped = results.filter(({ outcome }) => outcome === "skipped");
  const notRun = results.filter(({ outcome }) => outcome === "notRun");
  const parts = [
    ...results.filter(({ outcome }) => outcome === "failed").map(failedText),
    ...unclear.map(({ id, title, because }) => `UNCLEAR ${id}: ${title}\n  nobody answered: ${because}\n`),
    ...byReason(skipped).map(([because, ids]) => `SKIPPED ${list(ids)}\n  ${because}\n`),
    ...byReason(notRun).map(([because, ids]) => `NOT RUN ${list(ids)}\n  ${because}\n`),
    ...(report.exitCode === 3 ? [nothingKnown(totals.passed)] : []),
    `${totals.passed} passed, ${totals.failed} failed, ${totals.error} unclear, ${totals.notRun} not run, ${totals.skipped} skipped. ` +
      `${count(calls, "call")} in ${seconds(durationMs)}, of which ${seconds(waitedMs)} were the wait for the rate limit. Seed ${plan.seed}.\n`,
  ];
  return parts.join("\n");
}

function nothingKnown(passed: number): string {
  return passed === 0
    ? "Nothing was verified, because no scenario ran.\n"
    : "What did not run is not verified. Give it what it needs, leave it out with only, or allow it with allowSkipped.\n";
}

function failedText({ id, title, basis, because, failures }: ScenarioResult): string {
  const about = {
    documented: "",
    disputed: " (documents disagree about this)",
    assumed: " (no document says this: the description assumes it)",
  }[basis];
  return [
    `FAILED ${id}: ${title}${about}`,
    ...(because === undefined ? [] : [`  ${because}`]),
    ...failures.flatMap(failureLines),
    "",
  ].join("\n");
}

function failureLines({ step, operation, pointer, expected, got, request, why, sources }: Failure): string[] {
  return [
    `  step ${step}, ${operation}${pointer === "" ? "" : `, ${pointer}`}`,
    `    expected  ${expected}`,
    `    got       ${got}`,
    `    why       ${why}`,
    ...sources.map(({ title, date, url }) => `    source    ${title}, ${date}${url === undefined ? "" : `, ${url}`}`),
    `    request   ${request.length > longestRequest ? `${request.slice(0, longestRequest)}… (whole in --json)` : request}`,
  ];
}
