import type { JudgeOptions } from "./judge/judge.ts";
import type { Violation } from "./judge/violation.ts";
import type { PlannedResponse } from "./plan/plan.ts";
import type { PlanOptions } from "./plan/script.ts";
import type { Exchange } from "./record/exchange.ts";

/** A contract server as tests use it: its planned responses, its recorded calls, and the violations by these calls. */
export interface Contract {
  /**
   * Returns a part of the contract with its own plans, recording and verdict, for tests that run at the same time. It is created at its first
   * use. A request belongs to it when its path begins with that of the session's `url`, or when its `Contract-Session` header has the name.
   *
   * `assertValid({ sinceStart: true })` of the contract includes the calls of all its sessions; everything else leaves them out.
   *
   * @param name 1 to 64 letters, digits, and characters of `. _ ~ -`, such as the name of the test.
   * @throws {InstructionError} when the name is invalid, or 1,000 sessions are open.
   * @example
   * ```ts
   * const session = api.session("test-7");
   * session.plan("get_contact_group", { error: 50004 });
   * await fetch(`${session.url}/v4/recentcontact/get_contact_group?…`, { method: "POST", body: "{…}" });
   * session.assertValid();
   * session.end();
   * ```
   */
  session(name: string): Session;

  /**
   * Sends a request without a socket, as `fetch` does. Only the path of the URL counts; its origin can be any.
   *
   * @throws {TypeError} as `fetch` does, when a planned response resets the connection; the signal's reason when it aborts.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

  /**
   * Plans the responses to the operation's next requests, valid or not, one for each request. A request gets a response of the first plan
   * that is for it: of those that are used up, the one that was planned first; then of those for `always`, the one that was planned last.
   * Without one, the request decides. A `Prefer` header of a request takes precedence and uses up none of them.
   *
   * The pages of a paged operation in a list are each for their own start only: the first page for `StartIndex` 0, or the one in `when`,
   * the next page for the `NextStartIndex` of the page before.
   *
   * `assertValid` reports a plan that was not used up by the rule `unused-plan`.
   *
   * @param operation `search_contact_group`, its `operationId` or its path.
   * @param responses One response, or a list of at least one.
   * @param options Which requests they are for, and how often they are used.
   * @throws {InstructionError} when the operation, an example, an error or a field of `when` is unknown, the list is empty, or a body does
   * not match the response schema.
   * @example
   * ```ts
   * api.plan("search_contact_group", { error: 51007 }, { when: { body: { From_Account: "user_0002" } } });
   * api.plan("get_contact_group", [{ example: "FirstOfTwoPages" }, { status: 502 }, { example: "LastOfTwoPages" }]);
   * api.plan("create_contact_group", { delayMs: 500 }, { times: "always" });
   * ```
   */
  plan(operation: string, responses: PlannedResponse | readonly PlannedResponse[], options?: PlanOptions): this;

  /**
   * Deletes all planned responses and all recorded calls, except those of other sessions. `assertValid({ sinceStart: true })` still reports
   * their violations, and plans that were not used.
   */
  reset(): void;

  /** The calls so far, in the order in which they arrived, redacted. Calls without a response yet are missing. */
  readonly exchanges: readonly Exchange[];

  /**
   * Returns the violations by the code under test so far.
   *
   * @throws {InstructionError} when `ignore` has an unknown rule.
   */
  violations(options?: JudgeOptions): readonly Violation[];

  /**
   * Checks that at least one call was made and that none broke a rule.
   *
   * @throws {ContractViolationError} with all violations as text, and as data in `violations`.
   * @throws {InstructionError} when `ignore` has an unknown rule.
   * @example
   * ```ts
   * afterEach(() => {
   *   api.assertValid({ ignore: ["unfinished-pagination"] });
   *   api.reset();
   * });
   * afterAll(() => api.assertValid({ sinceStart: true }));
   * ```
   */
  assertValid(options?: JudgeOptions): void;
}

/** A part of a contract with its own plans, recording and verdict. */
export interface Session extends Contract {
  readonly name: string;
  /** The address that the code under test calls instead of the server's: `http://127.0.0.1:4010/__session/test-7`. */
  readonly url: string;
  /** Deletes its plans and calls. Their violations stay in `assertValid({ sinceStart: true })` of the contract. */
  end(): void;
}

/**
 * Thrown by `assertValid` when the code under test broke rules, made no call, or made one that could not be judged.
 *
 * @example
 * ```ts
 * try {
 *   api.assertValid();
 * } catch (error) {
 *   if (error instanceof ContractViolationError) console.log(error.violations);
 * }
 * ```
 */
export class ContractViolationError extends Error {
  /** The broken rules; empty when there was no call. */
  readonly violations: readonly Violation[];
  /** `failed`: rules were broken. `notRun`: no call was made. `notJudged`: a call is no longer recorded, or its request was cut off. */
  readonly outcome: "failed" | "notRun" | "notJudged";

  constructor(message: string, violations: readonly Violation[], outcome: ContractViolationError["outcome"]) {
    super(message);
    this.name = "ContractViolationError";
    this.violations = violations;
    this.outcome = outcome;
  }
}
