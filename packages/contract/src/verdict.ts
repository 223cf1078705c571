/** The verdict on calls: the one place that decides whether a gate is passed. */
import type { exitCodes } from "./exit-codes.ts";
import { report, type Violation } from "./judge/violation.ts";
import type { Exchange } from "./record/exchange.ts";

/** Why there is no verdict on a part of the calls. */
type Reason = "forgotten" | "cutOff" | "notSent" | "noResponse" | "brokenLines" | "notKept";

const reasons: Readonly<Record<Reason, (calls: string) => string>> = {
  forgotten: (calls) =>
    `${calls} no longer recorded, so they could not be validated. Call reset() after each test, or raise maxExchanges.`,
  cutOff: (calls) => `${calls} cut off before the whole request had arrived. Let the code under test end its calls.`,
  notSent: (calls) =>
    `${calls} not sent to the provider, because it is not on this machine and they may write. Allow them with --yes.`,
  noResponse: (calls) => `${calls} without a response of the provider.`,
  brokenLines: (calls) => `${calls} not readable: a line of the recording is cut off, or of an earlier version.`,
  notKept: (calls) => `${calls} not validated or not recorded, because of an error.`,
};

/** How many calls there is no verdict on, by the reason. */
export type NotJudged = Partial<Readonly<Record<Reason, number>>>;

/** What a verdict is about. */
export interface Judged {
  /** All calls. */
  readonly calls: number;
  /** Calls of operations. Others break rules, but `ignore` can leave these out. */
  readonly ofOperations: number;
  readonly notJudged: NotJudged;
  readonly violations: readonly Violation[];
}

/** Counts what there is to judge in a recording. */
export function judgedOf(
  exchanges: readonly Exchange[],
  violations: readonly Violation[],
  notJudged: NotJudged = {},
): Judged {
  const known = exchanges.filter(({ operation }) => operation !== undefined);
  const cutOff = known.filter(({ request }) => request.bodyKind === "broken").length;
  return {
    calls: exchanges.length,
    ofOperations: known.length,
    notJudged: addCounts({ cutOff }, notJudged),
    violations,
  };
}

/** Maximum number of violations of a rule that are kept after their calls are deleted. */
const mostKept = 1000;

/** Returns the violations that are kept. Each rule has its own maximum, because a check can ignore one rule and not another. */
export function toKeep(violations: readonly Violation[]): readonly Violation[] {
  const kept = new Map<string, number>();
  return violations.filter(({ side, rule }) => {
    const number = (kept.get(`${side} ${rule}`) ?? 0) + 1;
    kept.set(`${side} ${rule}`, number);
    return number <= mostKept;
  });
}

/** Returns the sum of two recordings, with the violations of both. */
export function addJudged(one: Judged, other: Judged): Judged {
  return {
    calls: one.calls + other.calls,
    ofOperations: one.ofOperations + other.ofOperations,
    notJudged: addCounts(one.notJudged, other.notJudged),
    violations: [...one.violations, ...other.violations],
  };
}

function addCounts(one: NotJudged, other: NotJudged): NotJudged {
  const names = Object.keys(reasons) as Reason[];
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}

/** The verdict, by the name of its exit code, and a text for a terminal. */
export interface Verdict {
  readonly outcome: Exclude<keyof typeof exitCodes, "invalidUsage">;
  readonly text: string;
}

/** Returns the verdict on calls. A violation comes first, then what was not judged: nothing else is passed. */
export function verdictOf({ calls, ofOperations, notJudged, violations }: Judged): Verdict {
  const missing = Object.entries(notJudged).flatMap(([name, number]) =>
    number > 0 ? [reasons[name as Reason](number === 1 ? "1 call is" : `${number} calls are`)] : [],
  );
  if (violations.length > 0) return { outcome: "failed", text: [report(violations, calls), ...missing].join("\n\n") };
  if (missing.length > 0) return { outcome: "notJudged", text: `No verdict: ${missing.join(" ")}` };
  if (calls === 0)
    return {
      outcome: "notRun",
      text: "No call was recorded, so nothing could be validated. Send the calls of the code under test to this server.",
    };
  if (ofOperations === 0)
    return {
      outcome: "notRun",
      text: "No call of an operation was recorded, so nothing could be validated. Check the paths that the code under test calls.",
    };
  return { outcome: "passed", text: report(violations, calls) };
}
