import type { VerifyPlan } from "../verify/verify-report.ts";

/** The plan in words, before the first call is made. */
export function planText(plan: VerifyPlan, baseUrl: string): string {
  const { scenarios, skipped, calls, callsPerSecond, writes, rateLimitMs, seed, runs, readOnly, region, accounts } =
    plan;
  const lines = [
    `Verifying ${baseUrl}${region === undefined ? "" : ` (the service itself, ${region})`}`,
    `  ${count(scenarios, "scenario")}, ${count(calls, "call")} at least, which at ${round(callsPerSecond)} a second take ${seconds(rateLimitMs)}`,
    writes.length === 0
      ? `  no user is written to${readOnly ? " (read only)" : ""}`
      : `  groups are written to ${count(writes.length, "user")}: ${list(writes)}; they are not deleted afterwards`,
    `  random bodies: seed ${seed}, ${runs} for each operation and kind`,
    ...(accounts
      ? [
          `  accounts without groups: ${accounts.wanted} are needed, ${accounts.given} accounts were given` +
            (accounts.busy === 0 ? "" : `, ${accounts.busy} of which have groups or marks already and are not used`),
        ]
      : []),
    ...skippedLines(
      "left out",
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

/** What was left out, together by its reason. */
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
