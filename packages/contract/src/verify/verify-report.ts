/** What a verification found, as plain data. */
import type { SourceDocument } from "./facts.ts";
import type { Basis, ScenarioGroup } from "./scenario.ts";

export interface VerifyReport {
  readonly target: { readonly baseUrl: string; readonly sdkAppId: number };
  /** Versions of this package and of the description. */
  readonly versions: { readonly contract: string; readonly description: string };
  readonly plan: VerifyPlan;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly calls: number;
  /** Milliseconds of `durationMs` that were waited because of the rate limit. */
  readonly waitedMs: number;
  readonly totals: Readonly<Record<Outcome, number>>;
  /**
   * How `verify` ends on the command line: 0 all is as described; 1 a scenario failed; 2 a scenario got no response, so that nothing is known of
   * it; 3 a scenario that was wanted did not run, or none ran at all. The first of 1, 2 and 3 that applies.
   */
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly results: readonly ScenarioResult[];
}

/** What is going to be done. */
export interface VerifyPlan {
  readonly scenarios: number;
  /** Left out, and why. `allowed` says whether an option of the caller asks for it, or allows it. */
  readonly skipped: readonly { readonly id: string; readonly because: string; readonly allowed: boolean }[];
  /** Calls at least; random checks that fail make more. */
  readonly calls: number;
  readonly callsPerSecond: number;
  /** Users that get groups, or that have to be without any. */
  readonly writes: readonly string[];
  /**
   * Accounts without groups and marks that all scenarios need, accounts that were given, and those of them that turned out to have groups or
   * marks already. Absent where names are made up.
   */
  readonly accounts?: { readonly wanted: number; readonly given: number; readonly busy: number };
  /** Least time for the rate limit, in milliseconds. */
  readonly rateLimitMs: number;
  readonly seed: number;
  readonly runs: number;
  readonly readOnly: boolean;
  /** Region of the service when the host is one of its own. */
  readonly region?: string;
}

/**
 * `error`: nobody answered, so that nothing is known. `skipped`: left out because an option of the caller asks for it or allows it.
 * `notRun`: wanted, but something that it needs was missing.
 */
export type Outcome = "passed" | "failed" | "skipped" | "notRun" | "error";

export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  readonly group: ScenarioGroup | "random";
  readonly basis: Basis;
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly calls: number;
  /** Why it was skipped, did not run, or could not be judged. */
  readonly because?: string;
  readonly failures: readonly Failure[];
}

/** Something that the provider did wrong. */
export interface Failure {
  /** From 1. */
  readonly step: number;
  readonly operation: string;
  /** The call as a shell command, without address and credentials. */
  readonly request: string;
  /** JSON pointer into the answer; empty for the whole. */
  readonly pointer: string;
  readonly expected: string;
  readonly got: string;
  /** Why it matters to a caller. */
  readonly why: string;
  readonly sources: readonly SourceDocument[];
}
