import { readBody, type Body } from "./body.ts";
import { chooseAnswer } from "./choose-answer.ts";
import { sleep, type Clock } from "@contact-groups/core/clock";
import type { Delivery } from "./delivery.ts";
import { preflight } from "./envelope.ts";
import { examine, type AskPrism } from "./examine.ts";
import { route } from "./gate.ts";
import type { Plan } from "./next/plan.ts";
import { preferredPlan } from "./next/preferred-plan.ts";
import type { Script } from "./next/script.ts";
import type { Operation } from "./operations.ts";
import type { Judgement, Prism } from "./prism.ts";
import { credentials, multimap } from "./query.ts";
import type { Recording } from "./record/recording.ts";
import { toExchange, type Call } from "./record/to-exchange.ts";
import { redaction, type Redact } from "@contact-groups/core/redact";

/** What the contract reads of a request. */
export interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly header: (name: string) => string | null;
  readonly body: AsyncIterable<Uint8Array> | string | null;
  /** Aborts a delayed answer. */
  readonly signal?: (() => AbortSignal | undefined) | undefined;
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

/** Answers a request. Rejects when the body breaks off or the caller gives up during a delay. */
export type Answer = (request: Incoming) => Promise<Delivery>;

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
