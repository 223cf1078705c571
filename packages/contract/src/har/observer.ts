import { parseBody } from "../body.ts";
import { examine, type AskPrism } from "../examine.ts";
import { route } from "../gate.ts";
import { loadPrism } from "../prism.ts";
import { credentials, multimap } from "../query.ts";
import type { Exchange, RecordedAnswer } from "../record/exchange.ts";
import { createRecording } from "../record/recording.ts";
import { mask } from "@contact-groups/core/redact";
import { cleaner, signatureName, signatures } from "../redact.ts";
import { toExchange, type Call } from "../record/to-exchange.ts";
import { redaction } from "@contact-groups/core/redact";

/** One call as somebody saw it from outside: a browser, a proxy, the transport of a client. */
export interface ObservedCall {
  readonly method: string;
  /** The whole URL, with its credentials. */
  readonly url: string;
  /** Text of the request's body; empty when there was none. */
  readonly requestText: string;
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Text of the answer's body. */
  readonly answerText: string;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
}

/** Judges one call of a recording after the other. */
export type Observe = (call: ObservedCall) => Promise<Exchange>;

/**
 * Makes the function that judges the requests of one recording, which was made elsewhere, and takes the UserSigs out of all of it.
 *
 * The calls are to be given in the order of time. Their URLs must be such that `URL` can read them.
 *
 * @param ask Which requests Prism judges.
 */
export function createObserver(ask: AskPrism): Observe {
  const recording = createRecording(0);

  return async ({ method, url, requestText, status, answerText, startedAt, durationMs }) => {
    const { pathname: path, searchParams } = new URL(url);
    const found = route(path, method);
    const operation = "rule" in found ? undefined : found;
    const body = parseBody(Buffer.from(requestText));
    const examination = operation
      ? await examine(operation, unmasked(searchParams), body, { prism: loadPrism, ask, maxBodyBytes: Infinity })
      : { problems: [found].filter((one) => "rule" in one), judgement: undefined };
    const query = multimap(searchParams);
    const call: Call = {
      index: recording.arrive(),
      startedAt,
      step: 0,
      method,
      path,
      query,
      prefer: undefined,
      operation,
      body,
      examination,
      chosenBy: "request",
    };
    const exchange = toExchange(call, startedAt + durationMs, recording, redaction(credentials(searchParams)));
    return { ...exchange, answer: toAnswer(status, answerText, signatures(query)) };
  };
}

/** A UserSig that was redacted before is no mistake of the caller: one of the right characters takes its place. */
function unmasked(given: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams(given);
  if (query.get(signatureName) === mask) query.set(signatureName, "redacted");
  return query;
}

function toAnswer(status: number | undefined, text: string, secrets: readonly string[]): RecordedAnswer {
  const read = parseBody(Buffer.from(text));
  const body =
    read.kind === "json" ? cleaner(secrets.filter((one) => one !== mask)).body(read.value, read.text) : undefined;
  const code = (body as { readonly ErrorCode?: unknown } | null | undefined)?.ErrorCode;
  const errorCode = status === 200 && typeof code === "number" ? code : undefined;
  return { status, body, errorCode, example: undefined, chosenBy: "request", faults: [] };
}
