import { type Clock, sleep } from "@contact-groups/core/clock";
import { type Redact, redaction } from "@contact-groups/core/redact";
import { type Contract, ContractViolationError } from "./contract.ts";
import { createControl } from "./control.ts";
import { createFetch } from "./fetch-adapter.ts";
import { judge, type JudgeOptions } from "./judge/judge.ts";
import { report } from "./judge/violation.ts";
import { preferredPlan } from "./next/prefer.ts";
import { createScript, type Script } from "./next/script.ts";
import type { Operation } from "./operations.ts";
import type { Judgement, Prism } from "./prism.ts";
import {
  type Call,
  createHistory,
  createRecording,
  type Past,
  type Recording,
  toExchange,
} from "./record/recording.ts";
import { type AskPrism, type Body, credentials, examine, multimap, readBody, route } from "./request-checks.ts";
import { type Answer, chooseAnswer, type Incoming, type Plan, preflight } from "./response.ts";

export interface ContractSettings extends Omit<ContractParts, "script" | "recording"> {
  readonly maxExchanges: number;
}

/** Makes what tests talk to, and the function behind every form of it that answers requests. */
export function createContract(parts: ContractSettings): { readonly api: Contract; readonly answer: Answer } {
  const script = createScript();
  const history = createHistory();
  let recording = createRecording(parts.maxExchanges);
  /** What is to be judged: the calls since the last reset, or all. */
  const judged = ({ sinceStart = false, ...options }: JudgeOptions = {}): Past => {
    const { exchanges, forgotten } = recording;
    const now: Past = { calls: exchanges.length, violations: judge(exchanges, options), forgotten };
    if (!sinceStart) return now;
    const { past } = history;
    const { ignore = [] } = options;
    return {
      calls: past.calls + now.calls,
      violations: [...past.violations.filter(({ rule }) => !ignore.includes(rule)), ...now.violations],
      forgotten: past.forgotten + now.forgotten,
    };
  };
  const answerCall = createAnswer({ ...parts, script, recording: () => recording });
  const api: Contract = {
    fetch: createFetch((request) => answer(request), parts.clock),
    next(operation, ...answers) {
      script.next(operation, answers);
      return api;
    },
    always(operation, planned) {
      script.always(operation, planned);
      return api;
    },
    reset() {
      script.reset();
      history.end(recording);
      recording = createRecording(parts.maxExchanges);
    },
    get exchanges() {
      return [...recording.exchanges];
    },
    violations: (options) => judged(options).violations,
    assertValid(options) {
      const { calls, violations, forgotten } = judged(options);
      if (violations.length > 0) throw new ContractViolationError(report(violations, calls), violations);
      if (calls === 0) throw new ContractViolationError("No call was recorded, so nothing could be judged.", []);
      if (forgotten > 0)
        throw new ContractViolationError(
          `The ${forgotten} oldest calls are no longer recorded, so they could not be judged. Call reset() after each test, or raise maxExchanges.`,
          [],
        );
    },
  };
  const control = createControl(api);
  const answer: Answer = (request) => (control.isFor(request) ? control.answer(request) : answerCall(request));
  return { api, answer };
}

export interface ContractParts {
  /** Loads Prism when it is first asked. */
  readonly prism: () => Promise<Prism>;
  readonly ask: AskPrism;
  readonly maxBodyBytes: number;
  readonly clock: Clock;
  readonly script: Script;
  /** The recording at this time; `reset` begins a new one. */
  readonly recording: () => Recording;
}

/**
 * Makes the function from request to answer. A request meets the files in this order: gate (path, method), body, next, examine (query,
 * gate, prism), choose-answer, record. What a test or a `Prefer` header asks for is answered once path and method are right,
 * whatever else is wrong.
 */
export function createAnswer(parts: ContractParts): Answer {
  const { clock, script } = parts;

  return async (request) => {
    if (request.method === "OPTIONS" && request.header("Access-Control-Request-Method") !== null) return preflight();
    const recording = parts.recording();
    const { pathname: path, searchParams: query } = new URL(request.url);
    const found = route(path, request.method);
    const operation = "rule" in found ? undefined : found;
    const redact = redaction(credentials(query));
    const call: Call = {
      index: recording.arrive(),
      startedAt: clock.now(),
      step: script.step,
      method: request.method,
      path,
      query: multimap(query),
      prefer: request.header("Prefer") ?? undefined,
      operation,
      chosenBy: "request",
    };
    try {
      const plan = operation && (await readAndPlan(call, operation, request, redact));
      call.examination =
        "rule" in found
          ? { problems: [found], judgement: await judgeElsewhere(call) }
          : await examine(found, query, call.body as Body, parts);
      call.chosen = chooseAnswer(operation, call.examination, plan, redact);
      if (call.chosen.delayMs > 0) await sleep(clock, call.chosen.delayMs, request.signal?.());
      return call.chosen.delivery;
    } catch (reason) {
      call.isLost = true;
      throw reason;
    } finally {
      recording.add(toExchange(call, clock.now(), recording, redact));
    }
  };

  async function readAndPlan(
    call: Call,
    operation: Operation,
    request: Incoming,
    redact: Redact,
  ): Promise<Plan | undefined> {
    call.body = "broken";
    call.body = await readBody(request.body, request.header("Content-Length"), parts.maxBodyBytes);
    const preferred = preferredPlan(operation, request.header("Prefer"), redact);
    const scripted = preferred ? undefined : script.take(operation);
    call.chosenBy = preferred ? "prefer" : scripted ? "next" : "request";
    return preferred ?? scripted;
  }

  async function judgeElsewhere({ method, path, query }: Call): Promise<Judgement> {
    return (await parts.prism()).judge({ method, path, query, body: undefined });
  }
}

/** Throws a `RangeError` that names the first limit that is no positive integer. */
export function requirePositive(limits: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1)
      throw new RangeError(`${name} must be an integer from 1 to ${2 ** 31 - 1}, but is ${value}.`);
  }
}
