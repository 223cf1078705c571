import { groupBy } from "../group-by.ts";
import type { VerifyPlan } from "../verify/scenario.ts";
import { count, list, seconds } from "./words.ts";

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
  const { scenarios, skipped, calls, callsPerSecond, exceedsRate, writes, rateLimitMs } = plan;
  const { seed, runs, readOnly, region, accounts } = plan;
  const lines = [
    `Verifying ${baseUrl}${region === undefined ? "" : ` (the service itself, ${region})`}`,
    `  ${count(scenarios, "scenario")}, at least ${count(calls, "call")}, which take ${seconds(rateLimitMs)} at no more than ${round(callsPerSecond)} in any second` +
      (exceedsRate.length === 0 ? "" : `; ${list(exceedsRate)} exceeds the rate limit on purpose`),
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
  return [...groupBy(skipped, ({ because }) => because)].map(
    ([because, own]) => `  ${title}: ${count(own.length, "scenario")}: ${because} (${list(own.map(({ id }) => id))})`,
  );
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
