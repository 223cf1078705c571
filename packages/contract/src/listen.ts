/** Serves a contract over HTTP. */
import type { Clock } from "@contact-groups/core/clock";
import {
  defaultListenLimits,
  type HttpExchange,
  listen as serve,
  type Listener,
  type WireResponse,
} from "@contact-groups/core/node-http";
import { limits as documented } from "@contact-groups/openapi/model";
import { toHeaderFields } from "./message.ts";
import { checkCode } from "./operations.ts";
import {
  failure,
  type IncomingRequest,
  jsonResponse,
  toOutgoing,
  type OutgoingResponse,
  type Responder,
} from "./response.ts";

export type { Listener } from "@contact-groups/core/node-http";

export interface ContractListenOptions {
  /** 0 selects a free one. */
  readonly port: number;
  readonly host: string;
  /** Maximum size in bytes of a body that `Expect: 100-continue` may announce. */
  readonly maxBodyBytes: number;
  /** Time in milliseconds for a whole request to arrive, head and body. */
  readonly requestTimeoutMs: number;
  /** Time of the `Date` of each response. */
  readonly clock: Pick<Clock, "now">;
}

/**
 * Serves responses over HTTP without keeping the process alive. `close` also waits until the calls that it cuts off have ended, so that they
 * are recorded. Rejects with Node's own error when it cannot listen.
 */
export async function listen(respond: Responder, options: ContractListenOptions): Promise<Listener> {
  const { port, host, maxBodyBytes, requestTimeoutMs, clock } = options;
  const limits = {
    ...defaultListenLimits,
    headMs: requestTimeoutMs,
    requestMs: requestTimeoutMs,
    // A test can plan a delay of any length, and closing waits for nothing.
    unreadMs: 0,
    connections: Infinity,
    graceMs: 0,
  };
  const open = new Set<Promise<void>>();
  const listener = await serve({
    port,
    host,
    limits,
    // A client that disconnects aborts a delayed response.
    halfOpen: false,
    clock,
    receive(exchange) {
      const responded = respondTo(respond, exchange, maxBodyBytes)
        .catch(() => void exchange.outgoing.destroy())
        .finally(() => open.delete(responded));
      open.add(responded);
    },
    malformed: (code) => failedHead(code, requestTimeoutMs),
  });
  const close = async (): Promise<void> => {
    await listener.close();
    await Promise.allSettled(open);
  };
  return { ...listener, close, [Symbol.asyncDispose]: close };
}

async function respondTo(respond: Responder, exchange: HttpExchange, maxBodyBytes: number): Promise<void> {
  const response = await Promise.resolve(read(exchange, maxBodyBytes)).then(respond).catch(internalFailure);
  if (response.reset) exchange.deliver(toWire(response), { kind: "reset" });
  else exchange.send(toWire(response));
}

function toWire({ status, headers, body }: OutgoingResponse): WireResponse {
  return { status, fields: headers.flat(), body: status === 204 ? null : body };
}

function read(exchange: HttpExchange, maxBodyBytes: number): IncomingRequest {
  const { incoming, target } = exchange;
  return {
    method: incoming.method ?? "GET",
    // A target such as //host/path or * must not be parsed as another host.
    url: `http://contract.invalid${target.startsWith("/") ? target : `/${target}`}`,
    headers: toHeaderFields(incoming.rawHeaders),
    body: exchange.readChunks(maxBodyBytes),
    signal() {
      const gone = new AbortController();
      if (exchange.outgoing.destroyed) gone.abort();
      else exchange.outgoing.once("close", () => gone.abort());
      return gone.signal;
    },
  };
}

/** Responds to an incomplete request with the service's envelope where it has a code for that. */
function failedHead(code: string, requestTimeoutMs: number): WireResponse | undefined {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return failureResponse(documented.serviceTimeout.error, `The request did not arrive within ${requestTimeoutMs} ms`);
  if (code === "HPE_INVALID_EOF_STATE")
    return failureResponse(checkCode("syntax"), "The request ends before its body does");
  return undefined;
}

function failureResponse(code: number, info: string): WireResponse {
  return toWire(jsonResponse(JSON.stringify(failure({ code, info }))));
}

/** Responds to an internal error. Its message could repeat the request, so it is not shown. */
function internalFailure(error: unknown): OutgoingResponse {
  const name = error instanceof Error ? error.name : "an unknown value";
  const body = `The contract server failed with ${name}. This is an internal error of @contact-groups/contract.\n`;
  return toOutgoing(500, { "Content-Type": "text/plain;charset=UTF-8" }, body);
}
