import type { Failure, ScenarioResult, VerifyPlan, VerifyReport } from "../verify/scenario.ts";

/** Maximum length of a request in a terminal; the other reports have it in full. */
const longestRequest = 1000;

/**
 * Writes a report for a terminal: the failures with their reasons, then the totals.
 *
 * @param report The report of `verify`.
 * @returns Lines of text.
 * @example
 * ```ts
 * process.stdout.write(reportText(await verify(options)));
 * ```
 */
export function reportText(report: VerifyReport): string {
  const { results, totals, calls, durationMs, waitedMs, plan } = report;
  const noResponse = results.filter(({ outcome }) => outcome === "error");
  const skipped = results.filter(({ outcome }) => outcome === "skipped");
  const notRun = results.filter(({ outcome }) => outcome === "notRun");
  const parts = [
    ...results.filter(({ outcome }) => outcome === "failed").map(failedText),
    ...noResponse.map(({ id, title, because }) => `NO RESPONSE ${id}: ${title}\n  ${because}\n`),
    ...byReason(skipped).map(([because, ids]) => `SKIPPED ${list(ids)}\n  ${because}\n`),
    ...byReason(notRun).map(([because, ids]) => `NOT RUN ${list(ids)}\n  ${because}\n`),
    ...(report.exitCode === 3 ? [nothingKnown(totals.passed)] : []),
    `${totals.passed} passed, ${totals.failed} failed, ${totals.error} without a response, ${totals.notRun} not run, ${totals.skipped} skipped. ` +
      `${count(calls, "call")} in ${seconds(durationMs)}, of which ${seconds(waitedMs)} were the wait for the rate limit. Seed ${plan.seed}.\n`,
  ];
  return parts.join("\n");
}

function nothingKnown(passed: number): string {
  return passed === 0
    ? "Nothing was verified, because no scenario ran.\n"
    : "Scenarios that did not run are not verified. Give them what they need, leave them out with the option only, or accept them with the option allowSkipped (--only, --allow-skipped).\n";
}

function failedText({ id, title, basis, because, failures }: ScenarioResult): string {
  const about = {
    documented: "",
    disputed: " (documents disagree about this)",
    assumed: " (no document mentions this; the description assumes it)",
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

/**
 * Writes a plan for a terminal.
 *
 * @param plan The plan of `planVerification` or `onPlan`.
 * @param baseUrl Origin of the provider.
 * @returns Lines of text.
 * @example
 * ```ts
 * await verify({ ...options, onPlan: (plan) => process.stdout.write(planText(plan, options.baseUrl)) });
 * ```
 */
export function planText(plan: VerifyPlan, baseUrl: string): string {
  const { scenarios, skipped, calls, callsPerSecond, writes, rateLimitMs, seed, runs, readOnly, region, accounts } =
    plan;
  const lines = [
    `Verifying ${baseUrl}${region === undefined ? "" : ` (the service itself, ${region})`}`,
    `  ${count(scenarios, "scenario")}, at least ${count(calls, "call")}, which take ${seconds(rateLimitMs)} at ${round(callsPerSecond)} per second`,
    writes.length === 0
      ? `  no user is written to${readOnly ? " (read only)" : ""}`
      : `  groups are written to ${count(writes.length, "user")}: ${list(writes)}; they are ${accounts ? "deleted after a scenario that passed" : "not deleted afterwards"}`,
    `  random bodies: seed ${seed}, ${runs} for each operation and kind`,
    ...(accounts
      ? [
          `  accounts without groups: needed ${accounts.wanted}, given ${accounts.given}` +
            (accounts.busy === 0 ? "" : `, ${accounts.busy} of which have groups or marks already and are not used`),
        ]
      : []),
    ...skippedLines(
      "skipped",
      skipped.filter(({ allowed }) => allowed),
    ),
    ...skippedLines(
      "cannot run",
      skipped.filter(({ allowed }) => !allowed),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function skippedLines(title: string, skipped: VerifyPlan["skipped"]): string[] {
  return byReason(skipped).map(
    ([because, ids]) => `  ${title}: ${count(ids.length, "scenario")}: ${because} (${list(ids)})`,
  );
}

/** Milliseconds as seconds: `3.2 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Groups what was skipped by its reason. */
export function byReason(
  skipped: readonly { readonly id: string; readonly because?: string }[],
): [because: string, ids: string[]][] {
  const reasons = new Map<string, string[]>();
  for (const { id, because = "" } of skipped) reasons.set(because, [...(reasons.get(because) ?? []), id]);
  return [...reasons];
}

export function list(names: readonly string[]): string {
  return names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
