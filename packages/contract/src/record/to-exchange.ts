import type { Clean, Redact } from "@contact-groups/core/redact";
import type { Body } from "../body.ts";
import type { Chosen } from "../choose-answer.ts";
import type { Examination } from "../examine.ts";
import type { Operation } from "../operations.ts";
import type { Exchange, RecordedAnswer, RecordedRequest, RecordedVerdict } from "./exchange.ts";
import type { Recording } from "./recording.ts";
import { cleaner, signatures } from "../redact.ts";

/** A call as it goes on: what is known of it grows. */
export interface Call {
  readonly index: number;
  readonly startedAt: number;
  readonly step: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly prefer: string | undefined;
  readonly operation: Operation | undefined;
  /** Undefined when it was not read, `broken` when it ended early. */
  body?: Body | "broken";
  examination?: Examination;
  chosen?: Chosen;
  chosenBy: RecordedAnswer["chosenBy"];
  /** The caller went away before the answer. */
  isLost?: boolean;
}

const mostProblems = 100;
const mostViolations = 20;

/** Makes the redacted record of a call that has ended. What a problem or a verdict says repeats no credential, as an answer must not. */
export function toExchange(call: Call, endedAt: number, recording: Recording, redact: Redact): Exchange {
  const { index, startedAt, step, operation, examination } = call;
  const { problems = [], judgement } = examination ?? {};
  const secrets = signatures(call.query);
  const clean = cleaner(secrets);
  const verdict: RecordedVerdict | undefined = judgement && {
    status: judgement.status,
    violations: judgement.violations.slice(0, mostViolations).map(({ location, code, message }) => ({
      location: location.map((part) => redact(part)),
      code,
      message: redact(message),
    })),
  };
  return {
    index,
    operation: operation?.operationId,
    request: request(call, clean, secrets[0] === undefined ? undefined : recording.userSigNumber(secrets[0])),
    step,
    verdict,
    judgedBy: judgement ? "prism" : examination && problems.length === 0 ? "validators" : "gate",
    problems: problems
      .slice(0, mostProblems)
      .map((problem) => ({ ...problem, pointer: redact(problem.pointer), text: redact(problem.text) })),
    answer: answer(call, clean),
    startedAt,
    durationMs: endedAt - startedAt,
  };
}

function request(call: Call, clean: Clean, userSig: number | undefined): RecordedRequest {
  const { method, path, query, prefer, body, examination } = call;
  // A large body is kept only if it is good: what is wrong with it is in `problems`.
  const isKept = examination?.judgement !== undefined || examination?.problems.length === 0;
  return {
    method,
    path: clean.text(path),
    query: clean.query(query),
    userSig,
    prefer: prefer && clean.text(prefer),
    bodyKind: body === undefined ? "empty" : body === "broken" ? "broken" : body.kind,
    body: typeof body === "object" && body.kind === "json" && isKept ? clean.body(body.value, body.text) : undefined,
  };
}

function answer({ chosen, chosenBy, isLost = false }: Call, clean: Clean): RecordedAnswer {
  const nothing = { status: undefined, body: undefined, errorCode: undefined, example: undefined };
  if (!chosen) return { ...nothing, chosenBy, faults: [] };
  const { body, example } = chosen.recorded;
  const json = example === undefined && body !== undefined ? JSON.stringify(body) : undefined;
  const isClean = json === undefined || clean.text(json) === json;
  return { ...chosen.recorded, ...(isClean ? {} : { body: clean.body(body, json) }), ...(isLost && nothing), chosenBy };
}
