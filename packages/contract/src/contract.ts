import type { JudgeOptions } from "./judge/judge.ts";
import type { Violation } from "./judge/violation.ts";
import type { NextAnswer } from "./next/plan.ts";
import type { Exchange } from "./record/exchange.ts";

/** What a test says to a contract server, and what it asks of it. */
export interface Contract {
  /**
   * Answers a call without a socket, as `fetch` does. Only the path of the URL counts; its origin can be any.
   *
   * @throws what `fetch` throws when a planned answer resets the connection, and the signal's reason when it aborts.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

  /**
   * Says what the operation's next requests get, one answer for each, whether or not they are valid. Later answers queue up behind, and
   * after the last one the request decides again. A `Prefer` header of a request goes before, and uses none of them up.
   *
   * @param operation `search_contact_group`, its `operationId` or its path.
   * @param answers Several arguments or arrays.
   * @throws {InstructionError} when the operation, an example or an error is unknown, or a body does not match the response schema.
   * @example
   * ```ts
   * api.next("search_contact_group", { error: 51007 });
   * api.next("get_contact_group", [{ status: 502 }, { reset: true }, { example: "OnlyPage" }]);
   * ```
   */
  next(operation: string, ...answers: readonly (NextAnswer | readonly NextAnswer[])[]): this;

  /** Says what every request of the operation gets, until `reset`, when nothing is left of `next`. Throws as `next` does. */
  always(operation: string, answer: NextAnswer): this;

  /** Forgets all planned answers and all recorded calls. Violations stay known to `assertValid({ sinceStart: true })`. */
  reset(): void;

  /** The calls so far, in the order in which they arrived, redacted. Those that are not answered yet are missing. */
  readonly exchanges: readonly Exchange[];

  /**
   * What the code under test did wrong so far.
   *
   * @throws {InstructionError} when `ignore` names no rule.
   */
  violations(options?: JudgeOptions): readonly Violation[];

  /**
   * Checks that at least one call was made and that none broke a rule.
   *
   * @throws {ContractViolationError} with all violations in words, and as data in `violations`.
   * @example
   * ```ts
   * afterEach(() => {
   *   api.assertValid({ ignore: ["unfinished-pull"] });
   *   api.reset();
   * });
   * afterAll(() => api.assertValid({ sinceStart: true }));
   * ```
   */
  assertValid(options?: JudgeOptions): void;
}

/** The code under test broke rules, or made no call at all. */
export class ContractViolationError extends Error {
  readonly violations: readonly Violation[];

  constructor(message: string, violations: readonly Violation[]) {
    super(message);
    this.name = "ContractViolationError";
    this.violations = violations;
  }
}
