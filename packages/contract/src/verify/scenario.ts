/** A scenario as it is run and exported: every fact of the description is filled in. */
import type { ExitCode, exitCodes } from "../exit-codes.ts";
import type { SourceDocument } from "../operations.ts";

/** How well this behaviour of the service is documented. */
export type Basis =
  /** A document says so. */
  | "documented"
  /** Documents disagree. */
  | "disputed"
  /** No document mentions it; the project decided it. */
  | "assumed";

export type ScenarioGroup = "valid" | "invalid" | "stateful" | "limits" | "request-checks";

/** A sequence of calls and their expected responses. */
export interface Scenario {
  /** Name of the file, or of the rule that it was generated from. */
  readonly id: string;
  /** The behaviour, as a fact. */
  readonly title: string;
  readonly group: ScenarioGroup;
  readonly basis: Basis;
  readonly needs: Needs;
  readonly steps: readonly ScenarioStep[];
  /** Why this matters to a caller. */
  readonly reason: string;
  /** Keys of the description's `x-documents`. */
  readonly source: readonly string[];
}

/** What a scenario needs. */
export interface Needs {
  readonly users?: Readonly<Record<string, UserNeed>>;
  /** `usable` exists and has all users as members, `missing` does not exist. */
  readonly chatGroups?: Readonly<Record<string, "usable" | "missing">>;
  /** The app's secret key, to sign UserSigs that are invalid in one way. */
  readonly secretKey?: boolean;
  /** Exceeds the rate limit, which affects other callers of the app. */
  readonly burst?: boolean;
}

/** A UserID, or `count` of them. */
export interface UserNeed {
  /**
   * `fresh`: imported, without groups and marks, and used by this scenario only. `imported`: has an account. `unknown`: has none.
   */
  readonly is: "fresh" | "imported" | "unknown";
  readonly count?: number;
}

/**
 * JSON in which an object with one of these members stands for a value that is known when the scenario runs:
 * `{ $user: name, at?: number }`, `{ $chatGroup: name }`, `{ $capture: name }`, `{ $userSig: … }`, `{ $unknownApp: true }`.
 */
export type Value = unknown;

/** A call and its expected response. */
export interface ScenarioStep {
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
  /** Captures values of the response, by JSON pointer, for later steps. */
  readonly capture?: Readonly<Record<string, string>>;
  /** Requests all pages. The response is then the last page, with the list of all pages. */
  readonly follow?: FollowedPages;
  /** Sends this call this many times concurrently. */
  readonly burst?: Burst;
}

/** The expected response. */
export interface Expectation {
  /** Names of the error catalogue of which one is expected, or `OK`. */
  readonly error: readonly string[];
  /** The codes of these names, 0 for `OK`. */
  readonly errorCode: readonly number[];
  /** JSON pointers into the response, and the expected values. An object of a response may have further members. */
  readonly fields?: Readonly<Record<string, Matcher>>;
}

/**
 * A value, or an object with one of: `$absentOr` (a matcher), `$oneOf` (matchers), `$not` (a matcher), `$length` (of a list),
 * `$set` (matchers, one for each item, in any order), `$now` (Unix seconds, at most this many from now).
 */
export type Matcher = unknown;

/** JSON pointers; those without `In` are of the response. */
export interface FollowedPages {
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
  /** Minimum number of calls with the first expected name. */
  readonly least: number;
  /** Name of the catalogue that at least one call must return. */
  readonly error: string;
  readonly errorCode: number;
  /** Time in which the calls must be sent, otherwise the step has no result. */
  readonly seconds: number;
}

/** The result of `verify`, as plain data. */
export interface VerifyReport {
  /** `sdkAppId` is absent when a gateway adds it. */
  readonly target: { readonly baseUrl: string; readonly sdkAppId?: number };
  /** Versions of this package and of the description. */
  readonly versions: { readonly contract: string; readonly description: string };
  readonly plan: VerifyPlan;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly calls: number;
  /** Milliseconds of `durationMs` that were waited because of the rate limit. */
  readonly waitedMs: number;
  readonly totals: Readonly<Record<ScenarioOutcome, number>>;
  /**
   * The exit code of `verify` on the command line: 0 when everything passed; 1 when a scenario failed; 4 when a scenario could not be judged,
   * because there was no response or calls were too slow; 3 when a selected scenario did not run, or none ran at all. The first of 1, 4 and 3
   * that applies.
   */
  readonly exitCode: Exclude<ExitCode, typeof exitCodes.invalidUsage>;
  readonly results: readonly ScenarioResult[];
}

/** What `verify` is going to do. */
export interface VerifyPlan {
  readonly scenarios: number;
  /** Skipped scenarios, and why. `allowed` says whether an option selects or allows that. */
  readonly skipped: readonly { readonly id: string; readonly because: string; readonly allowed: boolean }[];
  /** Minimum number of calls; random checks that fail make more. */
  readonly calls: number;
  readonly callsPerSecond: number;
  /** Users that get groups, or that must have none. */
  readonly writes: readonly string[];
  /**
   * Accounts without groups and marks that all scenarios need, accounts that were given, and those of them that turned out to have groups or
   * marks already. Absent when names are generated.
   */
  readonly accounts?: { readonly wanted: number; readonly given: number; readonly busy: number };
  /** Minimum time for the rate limit, in milliseconds. */
  readonly rateLimitMs: number;
  readonly seed: number;
  readonly runs: number;
  readonly readOnly: boolean;
  /** Scenarios that exceed `callsPerSecond` and the rate limit on purpose. */
  readonly exceedsRate: readonly string[];
  /** Region of the service when the host is one of its own. */
  readonly region?: string;
}

/**
 * `error`: no verdict, because there was no response or calls were too slow. `skipped`: an option selects or allows that it does not run. `notRun`: selected, but
 * something that it needs is missing.
 */
export type ScenarioOutcome = "passed" | "failed" | "skipped" | "notRun" | "error";

/** The result of one scenario. */
export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  readonly group: ScenarioGroup | "random";
  readonly basis: Basis;
  readonly outcome: ScenarioOutcome;
  readonly durationMs: number;
  readonly calls: number;
  /** Why it was skipped, did not run, or has no result. */
  readonly because?: string;
  readonly failures: readonly Failure[];
}

/** A failed expectation. */
export interface Failure {
  /**
   * The rule that the response breaks, as `ResponseViolation` names it; `error-code` or `value` when a valid response is not the one that the
   * scenario expects.
   */
  readonly rule: string;
  /** From 1. */
  readonly step: number;
  readonly operation: string;
  /** The call as a shell command, without address and credentials. */
  readonly request: string;
  /** JSON pointer into the response; empty for the whole. */
  readonly pointer: string;
  readonly expected: string;
  /** What was received, as JSON where it is JSON: `"0"` is a text, `0` a number. */
  readonly got: string;
  /** Why this matters to a caller. */
  readonly why: string;
  readonly sources: readonly SourceDocument[];
}
