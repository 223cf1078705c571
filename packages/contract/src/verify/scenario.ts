/** A scenario as it is run and exported: every fact of the description is filled in. */
import type { SourceDocument } from "../operations.ts";

/** How sure it is that the service itself behaves so. */
export type Basis =
  /** A document says so. */
  | "documented"
  /** Documents disagree. */
  | "disputed"
  /** The project decided it, since no document says anything. */
  | "assumed";

export type ScenarioGroup = "valid" | "invalid" | "stateful" | "limits" | "gate";

/** Something to be checked: calls in an order, and what has to come back. */
export interface Scenario {
  /** Name of the file, or of the rule that it was generated from. */
  readonly id: string;
  /** What is the case, as a fact. */
  readonly title: string;
  readonly group: ScenarioGroup;
  readonly basis: Basis;
  readonly needs: Needs;
  readonly steps: readonly Step[];
  /** Why it matters to a caller. */
  readonly reason: string;
  /** Keys of the description's `x-documents`. */
  readonly source: readonly string[];
}

/** What has to be there for a scenario. */
export interface Needs {
  readonly users?: Readonly<Record<string, UserNeed>>;
  /** `usable` exists and has all users as members, `missing` does not exist. */
  readonly chatGroups?: Readonly<Record<string, "usable" | "missing">>;
  /** The app's secret key, to make UserSigs that are wrong in one way. */
  readonly secretKey?: boolean;
  /** More calls in a second than are allowed, which other callers of the app would feel. */
  readonly burst?: boolean;
}

/** A UserID, or `count` of them. */
export interface UserNeed {
  /**
   * `fresh`: imported, without groups and marks, and used by this scenario only. `imported`: has an account. `unknown`: has none.
   * `marked`: has a conversation with marks.
   */
  readonly is: "fresh" | "imported" | "unknown" | "marked";
  readonly count?: number;
}

/**
 * JSON in which an object with one of these members stands for a value that is known when the scenario runs:
 * `{ $user: name, at?: number }`, `{ $chatGroup: name }`, `{ $capture: name }`, `{ $userSig: … }`, `{ $unknownApp: true }`.
 */
export type Value = unknown;

/** A call, and what has to come back. */
export interface Step {
  readonly operation: string;
  /** In place of the operation's own. */
  readonly path?: string;
  readonly method?: string;
  /** Replaces parameters: `null` leaves one out, a list gives it several times. */
  readonly query?: Readonly<Record<string, Value>>;
  /** Body to send as JSON; `text` and `bytes` are sent as they are. */
  readonly body?: Value;
  readonly text?: string;
  readonly bytes?: readonly number[];
  readonly expect: Expectation;
  /** Keeps values of the answer, by JSON pointer, for later steps. */
  readonly capture?: Readonly<Record<string, string>>;
  /** Calls again until all pages are pulled. The answer is then the last page, with the list of all pages. */
  readonly follow?: Follow;
  /** Makes this call so many times at once. */
  readonly burst?: Burst;
}

export interface Expectation {
  /** Names of the error catalogue of which one has to come, or `OK`. */
  readonly error: readonly string[];
  /** The codes of these names, 0 for `OK`. */
  readonly errorCode: readonly number[];
  /** JSON pointers into the answer, and what has to be there. An object of an answer may have more members than asked for. */
  readonly fields?: Readonly<Record<string, Matcher>>;
}

/**
 * A value, or an object with one of: `$absentOr` (a matcher), `$oneOf` (matchers), `$not` (a matcher), `$length` (of a list),
 * `$set` (matchers, one for each item, in any order), `$now` (Unix seconds, at most so many from now).
 */
export type Matcher = unknown;

/** JSON pointers; those without `in` are of the answer. */
export interface Follow {
  /** The list that each page has a part of. */
  readonly collect: string;
  /** Where the next page begins. */
  readonly next: string;
  /** The same in the request. */
  readonly nextIn: string;
  /** 1 on the last page. */
  readonly end: string;
}

export interface Burst {
  readonly calls: number;
  /** Calls that at least have to be answered with the first expected name. */
  readonly least: number;
  /** Name of the catalogue that at least one call has to be answered with. */
  readonly error: string;
  readonly errorCode: number;
  /** Time in which the calls have to be made, or nothing is known. */
  readonly seconds: number;
}

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
