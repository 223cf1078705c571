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
  readonly results: readonly ScenarioResult[];
}

/** What is going to be done. */
export interface VerifyPlan {
  readonly scenarios: number;
  /** Left out, and why. */
  readonly skipped: readonly { readonly id: string; readonly because: string }[];
  /** Calls at least; random checks that fail make more. */
  readonly calls: number;
  readonly callsPerSecond: number;
  /** Users that get groups, or that have to be without any. */
  readonly writes: readonly string[];
  /** Accounts without groups and marks that all scenarios need, and accounts that were given; absent where names are made up. */
  readonly accounts?: { readonly wanted: number; readonly given: number };
  /** Least time for the rate limit, in milliseconds. */
  readonly rateLimitMs: number;
  readonly seed: number;
  readonly runs: number;
  readonly readOnly: boolean;
  /** Region of the service when the host is one of its own. */
  readonly region?: string;
}

/** `error`: nobody answered, so that nothing is known. */
export type Outcome = "passed" | "failed" | "skipped" | "error";

export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  readonly group: ScenarioGroup | "random";
  readonly basis: Basis;
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly calls: number;
  /** Why it was skipped, or could not be judged. */
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
