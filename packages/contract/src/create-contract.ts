import { addCalls, type Calls, createCalls, type CallsParts, type JudgedCalls, selectedOf, wholeOf } from "./calls.ts";
import { type Contract, ContractViolationError, type Session } from "./contract.ts";
import { createControl, isControl, reject } from "./control.ts";
import { createFetch } from "./fetch-adapter.ts";
import type { JudgeOptions } from "./judge/judge.ts";
import { InstructionError } from "./plan/plan.ts";
import type { IncomingRequest, OutgoingResponse, Responder } from "./response.ts";
import { isSessionName, sessionOf, sessionPrefix } from "./session-address.ts";
import { type Judged, judgedOf, toKeep, verdictOf } from "./verdict.ts";

/** Maximum number of sessions at the same time. */
const mostSessions = 1000;

interface OpenSession {
  readonly session: Session;
  readonly calls: Calls;
  readonly respond: Responder;
}

/**
 * Creates the contract that tests use, and the function that responds to its requests: to its own, and to those of its sessions.
 *
 * @param origin Returns the address of the server, once it listens.
 */
export function createContract(
  parts: CallsParts,
  origin: () => string = () => "http://contract.invalid",
): { readonly api: Contract; readonly respond: Responder } {
  const own = createCalls(parts);
  const open = new Map<string, OpenSession>();
  /** Ended sessions with calls that have not ended. */
  let ending: readonly { readonly name: string; readonly calls: Calls }[] = [];
  let past: JudgedCalls = { judged: judgedOf([], []), unused: [] };

  /** Forgets the sessions whose calls have all ended, except what the verdict needs. */
  const settle = (): void => {
    for (const { name, calls } of ending.filter((one) => one.calls.isSettled)) {
      const all = calls.judged({ sinceStart: true, sides: ["request", "response"] });
      const sum = addCalls(past, namedAfter(name, all));
      past = {
        judged: { ...sum.judged, violations: toKeep(sum.judged.violations) },
        unused: toKeep(sum.unused),
      };
    }
    ending = ending.filter((one) => !one.calls.isSettled);
  };

  const judgeAll = (options: JudgeOptions = {}): Judged => {
    const ofOwn = own.judged(options);
    if (!options.sinceStart) return wholeOf(ofOwn);
    settle();
    const sessions = [...ending, ...[...open].map(([name, { calls }]) => ({ name, calls }))];
    return wholeOf(
      [selectedOf(past, options), ...sessions.map(({ name, calls }) => namedAfter(name, calls.judged(options)))].reduce(
        addCalls,
        ofOwn,
      ),
    );
  };

  const toApi = (calls: Calls, judged: (options?: JudgeOptions) => Judged, session?: string): Contract => {
    const api: Contract = {
      session: (name) => sessionNamed(name).session,
      fetch: createFetch((request) => respond(request, session), parts.clock),
      plan(operation, responses, options) {
        calls.plan(operation, responses, options);
        return api;
      },
      reset: calls.reset,
      get exchanges() {
        return calls.exchanges;
      },
      violations: (options) => judged(options).violations,
      assertValid(options) {
        const result = judged(options);
        const { outcome, text } = verdictOf(result);
        if (outcome !== "passed") throw new ContractViolationError(text, result.violations, outcome);
      },
    };
    return api;
  };

  function sessionNamed(name: string): OpenSession {
    const known = open.get(name);
    if (known) return known;
    if (!isSessionName(name))
      throw new InstructionError(
        "/session",
        "The name of a session must have 1 to 64 letters, digits, and characters of . _ ~ -.",
      );
    if (open.size >= mostSessions)
      throw new InstructionError(
        "/session",
        `${mostSessions} sessions are open, which is the maximum. End those that are no longer needed, with end() or POST ${sessionPrefix}NAME/__contract/end.`,
      );
    const calls = createCalls(parts);
    const judged = (options: JudgeOptions = {}): Judged => wholeOf(calls.judged(options));
    const session: Session = Object.assign(toApi(calls, judged, name), {
      name,
      url: `${origin()}${sessionPrefix}${name}`,
      end() {
        if (open.get(name)?.session !== session) return;
        calls.reset();
        open.delete(name);
        ending = [...ending, { name, calls }];
        settle();
      },
    });
    const created = { session, calls, respond: withControl(calls, createControl(session, judged, session.end)) };
    open.set(name, created);
    return created;
  }

  const api = toApi(own, judgeAll);
  const respondToOwn = withControl(own, createControl(api, judgeAll));

  async function respond(request: IncomingRequest, session?: string): Promise<OutgoingResponse> {
    const { name = session, request: inner } = sessionOf(request);
    if (name === undefined) return respondToOwn(inner);
    try {
      return await sessionNamed(name).respond(inner);
    } catch (error) {
      if (error instanceof InstructionError) return reject(400, error.message, error.pointer);
      throw error;
    }
  }

  return { api, respond };
}

function withControl(calls: Calls, control: Responder): Responder {
  return (request) => (isControl(request.url) ? control(request) : calls.respond(request));
}

/** Names the session in its violations. */
function namedAfter(session: string, { judged, unused }: JudgedCalls): JudgedCalls {
  return {
    judged: { ...judged, violations: judged.violations.map((violation) => ({ ...violation, session })) },
    unused: unused.map((violation) => ({ ...violation, session })),
  };
}

/** Throws a `RangeError` that names the first limit that is not a positive integer. */
export function requirePositive(limits: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1)
      throw new RangeError(`${name} must be an integer from 1 to ${2 ** 31 - 1}, but is ${value}.`);
  }
}
