/** Serves a contract or a replay over HTTP. */
import type { Clock } from "@contact-groups/core/clock";
import {
  defaultListenLimits,
  type Exchange,
  listen as serve,
  type Listener,
  type WireResponse,
} from "@contact-groups/core/node-http";
import { limits as documented } from "@contact-groups/openapi/model";
import { gateCode } from "./operations.ts";
import { type Answer, answer as answered, type Delivery, failure, type Incoming } from "./response.ts";

export type { Listener } from "@contact-groups/core/node-http";

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Largest body in bytes for which a client gets leave that asks for it. */
  readonly maxBodyBytes?: number;
  /** Time in milliseconds for a whole request to arrive, head and body. */
  readonly requestTimeoutMs: number;
  /** Time of the `Date` of each response. */
  readonly clock: Pick<Clock, "now">;
}

/** Serves answers over HTTP, for as long as something else keeps the process alive. Rejects with Node's own error when it can't listen. */
export function listen(answer: Answer, options: ListenOptions): Promise<Listener> {
  const { port, host, maxBodyBytes = Infinity, requestTimeoutMs, clock } = options;
  const limits = {
    ...defaultListenLimits,
    headMs: requestTimeoutMs,
    requestMs: requestTimeoutMs,
    // A test can plan a delay of any length, and nothing is waited for at the end.
    unreadMs: 0,
    connections: Infinity,
    graceMs: 0,
  };
  return serve({
    port,
    host,
    limits,
    // Who goes away ends a delayed answer.
    halfOpen: false,
    clock,
    receive: (exchange) => void answerExchange(answer, exchange, maxBodyBytes),
    malformed: (code) => refuse(code, requestTimeoutMs),
  });
}

async function answerExchange(answer: Answer, exchange: Exchange, maxBodyBytes: number): Promise<void> {
  const delivery = await Promise.resolve(read(exchange, maxBodyBytes)).then(answer).catch(apologise);
  if (delivery.reset) exchange.deliver(toResponse(delivery), { kind: "reset" });
  else exchange.send(toResponse(delivery));
}

function toResponse({ status, headers, body }: Delivery): WireResponse {
  // Names that a test has planned stand in place of the same names in other letters, and the length is that of the body.
  const fields = new Map(Object.entries(headers).map((field) => [field[0].toLowerCase(), field]));
  fields.delete("content-length");
  return { status, fields: [...fields.values()].flat(), body };
}

function read(exchange: Exchange, maxBodyBytes: number): Incoming {
  const { incoming, outgoing, target } = exchange;
  return {
    method: incoming.method ?? "GET",
    // A target such as //host/path or * must not be taken for another host.
    url: `http://contract.invalid${target.startsWith("/") ? target : `/${target}`}`,
    header: (name) => incoming.headersDistinct[name.toLowerCase()]?.join(", ") ?? null,
    body: exchange.readChunks(maxBodyBytes),
    signal() {
      const gone = new AbortController();
      outgoing.once("close", () => gone.abort());
      return gone.signal;
    },
  };
}

/** Answers what never became a whole request in the service's envelope where it has a code for that. */
function refuse(code: string, requestTimeoutMs: number): WireResponse | undefined {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return refusal(documented.serviceTimeout.error, `The request did not arrive within ${requestTimeoutMs} ms`);
  if (code === "HPE_INVALID_EOF_STATE") return refusal(gateCode("syntax"), "The request ends before its body does");
  return undefined;
}

function refusal(code: number, info: string): WireResponse {
  return toResponse(answered(JSON.stringify(failure({ code, info }))));
}

/** A fault of this package. Its message could repeat the request, so it is not shown. */
function apologise(error: unknown): Delivery {
  const name = error instanceof Error ? error.name : "an unknown value";
  const body = `The contract server failed with ${name}. This is a fault of @contact-groups/contract.\n`;
  return { status: 500, headers: { "Content-Type": "text/plain;charset=UTF-8" }, body };
}
