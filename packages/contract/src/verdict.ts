/** The verdict on calls: the one place that decides whether a gate is passed. */
import type { exitCodes } from "./exit-codes.ts";
import { report, type Violation } from "./judge/violation.ts";
import type { Exchange } from "./record/exchange.ts";

/** What a verdict is about. */
export interface Judged {
  /** All calls. */
  readonly calls: number;
  /** Calls of operations. Others break rules, but `ignore` can leave these out. */
  readonly ofOperations: number;
  /** Calls of operations whose connection ended before the whole request. */
  readonly broken: number;
  /** Calls that were no longer recorded when they should have been judged. */
  readonly forgotten: number;
  readonly violations: readonly Violation[];
}

/** Counts what there is to judge in a recording. */
export function judgedOf(exchanges: readonly Exchange[], violations: readonly Violation[], forgotten = 0): Judged {
  const known = exchanges.filter(({ operation }) => operation !== undefined);
  return {
    calls: exchanges.length,
    ofOperations: known.length,
    broken: known.filter(({ request }) => request.bodyKind === "broken").length,
    forgotten,
    violations,
  };
}

/** Returns the sum of two recordings, with the violations of both. */
export function addJudged(one: Judged, other: Judged): Judged {
  return {
    calls: one.calls + other.calls,
    ofOperations: one.ofOperations + other.ofOperations,
    broken: one.broken + other.broken,
    forgotten: one.forgotten + other.forgotten,
    violations: [...one.violations, ...other.violations],
  };
}

/** The verdict, by the name of its exit code, and a text for a terminal. */
export interface Verdict {
  readonly outcome: Exclude<keyof typeof exitCodes, "invalidUsage">;
  readonly text: string;
}

/** Returns the verdict on calls. A violation comes first, then what was not judged: nothing else is passed. */
export function verdictOf({ calls, ofOperations, broken, forgotten, violations }: Judged): Verdict {
  if (violations.length > 0) return { outcome: "failed", text: report(violations, calls) };
  if (ofOperations + forgotten === 0)
    return {
      outcome: "notRun",
      text:
        calls === 0
          ? "No call was recorded, so nothing could be validated. Send the calls of the code under test to this server."
          : "No call of an operation was recorded, so nothing could be validated. Check the paths that the code under test calls.",
    };
  if (forgotten > 0)
    return {
      outcome: "notJudged",
      text: `The ${forgotten} oldest calls are no longer recorded, so they could not be validated. Call reset() after each test, or raise maxExchanges.`,
    };
  if (broken > 0)
    return {
      outcome: "notJudged",
      text: `${broken === 1 ? "The connection of 1 call" : `The connections of ${broken} calls`} ended before the whole request, so it could not be validated. Let the code under test end its calls.`,
    };
  return { outcome: "passed", text: report(violations, calls) };
}
