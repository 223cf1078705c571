/** Scenarios: sequences of calls with their expected responses. */
import type { DocumentKey, OkBody, OperationId, RequestBody } from "@contact-groups/openapi/model";
import type { ExitCode, exitCodes } from "../exit-codes.ts";
import type { ApiOperation, SourceDocument } from "../operations.ts";
import type { Expected, Matcher } from "./matching.ts";
import type { Parameter, RequestParts, WrongUserSig } from "./request.ts";

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
  /** Unique, in kebab case; of a generated scenario, the path of the rule. */
  readonly id: string;
  /** The behaviour, as a fact. */
  readonly title: string;
  readonly group: ScenarioGroup;
  readonly basis: Basis;
  readonly needs: Needs;
  /** The operations that it calls. */
  readonly operations: readonly OperationId[];
  /** Minimum number of calls. */
  readonly calls: number;
  /** Why this matters to a caller. */
  readonly reason: string;
  /** Keys of the description's documents. */
  readonly sources: readonly string[];
  /** Sends the calls. Rejects at the first response that is not as expected. */
  readonly run: (
    t: Context<OperationId>,
    fixtures: Readonly<Record<string, string | readonly string[]>>,
  ) => Promise<AtTheEnd | void>;
}

/** The rest of a scenario, for when all others have run. */
export type AtTheEnd = () => Promise<void>;

/** What a scenario needs. */
export interface Needs {
  readonly users?: Readonly<Record<string, UserNeed>>;
  /** `usable` exists and has all users as members, `missing` does not exist. */
  readonly chatGroups?: Readonly<Record<string, "usable" | "missing">>;
  /** The app's secret key, to sign UserSigs that are invalid in one way. */
  readonly secretKey?: boolean;
  /** Replaces the caller's credentials, which does not reach a provider behind a gateway that adds them. `secretKey` implies it. */
  readonly credentials?: boolean;
  /** Exceeds the rate limit, which affects other callers of the app. */
  readonly burst?: boolean;
}

/** Seconds by which two clocks may differ. Time zones differ by more. */
export const clockTolerance = 600;

/** A UserID, or a list of `count` of them. */
export interface UserNeed {
  /**
   * `fresh`: imported, without groups and marks, and used by this scenario only. `imported`: has an account. `unknown`: has none.
   */
  readonly is: "fresh" | "imported" | "unknown";
  readonly count?: number;
}

/** A list of UserIDs. */
export interface ManyUsers extends UserNeed {
  readonly count: number;
}

/** A user who is imported, without groups and marks, and used by this scenario only. */
export const fresh: UserNeed = { is: "fresh" };
/** A user who has an account. */
export const imported: UserNeed = { is: "imported" };
/** A user who has no account. */
export const unknown: UserNeed = { is: "unknown" };

/** Users like this one. */
export function many(count: number, { is }: UserNeed): ManyUsers {
  return { is, count };
}

/** The users and chat groups of a scenario, by their names in `needs`. */
export type FixturesOf<Users, ChatGroups> = {
  readonly [Name in keyof Users]: Users[Name] extends ManyUsers ? readonly string[] : string;
} & { readonly [Name in keyof ChatGroups]: string };

/** The expected body of a response: some of its fields. Success is expected unless there is an `ErrorCode`. */
export type ExpectedBody<Operation extends OperationId> = Expected<Omit<OkBody<Operation>, "ErrorCode">> & {
  readonly ErrorCode?: number | Matcher;
};

/** What a scenario calls. Each method rejects when the response is not as expected, which ends the scenario. */
export interface Context<Operation extends OperationId> {
  /** Sends a valid request, and returns the body of the response. */
  readonly call: <Id extends Operation>(
    operation: Id,
    body: RequestBody<Id>,
    expected?: ExpectedBody<Id>,
  ) => Promise<OkBody<Id>>;
  /** Sends a request that differs from the usual one. */
  readonly send: (operation: Operation, request: RequestParts, expected: ExpectedBody<Operation>) => Promise<void>;
  /** Reads all pages from that of the body on. The expected body is that of the last page, with the items of all pages. */
  readonly readPages: <Id extends Operation>(
    operation: Id,
    body: RequestBody<Id>,
    expected: ExpectedBody<Id>,
  ) => Promise<void>;
  /** Sends as many calls at once as the rate limit allows, which must succeed, and twice more than it allows, of which some must be rejected. */
  readonly burst: <Id extends Operation>(operation: Id, body: RequestBody<Id>) => Promise<void>;
  /** Ends the scenario as one that did not run, unless it has what it needs; `because` says what. */
  readonly need: (holds: boolean, because: string) => void;
  /** Signs a UserSig that is wrong in these ways. */
  readonly userSig: (wrong: WrongUserSig) => Parameter;
  /** Returns the value of a credential. */
  readonly credential: (name: string) => Parameter;
  /** An SDKAppID that no provider has. */
  readonly unknownApp: string;
}

/** A scenario as it is written. */
interface Definition<
  Operation extends OperationId,
  Users extends Readonly<Record<string, UserNeed>>,
  ChatGroups extends Readonly<Record<string, "usable" | "missing">>,
> extends Omit<Scenario, "basis" | "needs" | "operations" | "calls" | "sources" | "run"> {
  /** Whether documents disagree about it. */
  readonly disputed?: true;
  readonly needs?: Needs & { readonly users?: Users; readonly chatGroups?: ChatGroups };
  readonly operations: readonly Operation[];
  /** @default one for each operation */
  readonly calls?: number;
  readonly sources: readonly DocumentKey[];
  readonly run: (t: Context<NoInfer<Operation>>, fixtures: FixturesOf<Users, ChatGroups>) => Promise<AtTheEnd | void>;
}

/** Defines a scenario whose calls and fixtures are checked by their types. */
export function scenario<
  const Operation extends OperationId,
  const Users extends Readonly<Record<string, UserNeed>> = Readonly<Record<never, UserNeed>>,
  const ChatGroups extends Readonly<Record<string, "usable" | "missing">> = Readonly<Record<never, "usable">>,
>({ disputed, needs = {}, calls, run, ...rest }: Definition<Operation, Users, ChatGroups>): Scenario {
  return {
    ...rest,
    basis: disputed ? "disputed" : rest.sources.includes("project") ? "assumed" : "documented",
    needs,
    calls: calls ?? rest.operations.length,
    run: run as Scenario["run"],
  };
}

/** The numbers of calls of the bursts that show a rate limit: as many as it allows, and twice more than two spans of time allow. */
export function burstsOf({ rate }: Pick<ApiOperation, "rate">): readonly [most: number, over: number, over: number] {
  return [rate.calls, 2 * rate.calls + 1, 2 * rate.calls + 1];
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
  /** Absent without the option `consumer`. */
  readonly need?: Need;
}

/** Whether a consumer needs something, and why: `it sends /StartIndex of a later page (call 3)`. */
export type Need =
  | { readonly isNeeded: true; readonly reason: string }
  | { readonly isNeeded: false; readonly reason?: undefined };

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
  /** Absent without the option `consumer`. */
  readonly need?: Need;
}
