/** Carries requests and answers between node:http and the contract. */
import { once } from "node:events";
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "@contact-groups/core/clock";
import { createHttpDate } from "@contact-groups/core/http-date";
import { limits } from "@contact-groups/openapi/model";
import type { Answer, Incoming } from "./contract.ts";
import type { Delivery } from "./delivery.ts";
import { answer, failure } from "./envelope.ts";
import { gateCode } from "./operations.ts";

/** How long the rest of a refused body is read and thrown away, so that a client that is still sending gets to see its answer. */
const lingerMs = 1000;

/** Connections that have had their last answer. */
const finished = new WeakSet<Duplex>();

/** Answers one request. A client whose body was not read to its end loses its connection. */
export async function answerRequest(
  contract: Answer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { status, headers, body, reset } = await Promise.resolve(read(incoming, outgoing))
    .then(contract)
    .catch(apologise);
  if (outgoing.destroyed || finished.has(incoming.socket)) return;
  if (reset) {
    incoming.socket.resetAndDestroy();
    return;
  }
  const isWhole = incoming.complete;
  outgoing.writeHead(status, {
    ...headers,
    ...(body !== null && { "Content-Length": Buffer.byteLength(body) }),
    ...(!isWhole && { Connection: "close" }),
  });
  if (isWhole) {
    outgoing.end(body ?? undefined);
    return;
  }
  finished.add(incoming.socket);
  outgoing.write(body ?? "");
  incoming.resume();
  await once(incoming, "end", { signal: AbortSignal.timeout(lingerMs) }).catch(() => undefined);
  outgoing.end();
}

/** Makes the function that answers what never became a whole request, and closes its connection. */
export function brokenRequestAnswerer(
  requestTimeoutMs: number,
  clock: Pick<Clock, "now">,
): (error: NodeJS.ErrnoException, socket: Duplex) => void {
  const date = createHttpDate(clock);
  return (error, socket) => {
    if (finished.has(socket)) return;
    finished.add(socket);
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    socket.end(write(brokenRequestAnswer(error.code, requestTimeoutMs), date()));
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    socket.once("close", () => clearTimeout(timer));
  };
}

function brokenRequestAnswer(reason: string | undefined, requestTimeoutMs: number): Delivery {
  switch (reason) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return refusal(limits.serviceTimeout.error, `The request did not arrive within ${requestTimeoutMs} ms`);
    case "HPE_INVALID_EOF_STATE":
      return refusal(gateCode("syntax"), "The request ends before its body does");
    case "HPE_HEADER_OVERFLOW":
      return { status: 431, headers: {}, body: null };
    default:
      return { status: 400, headers: {}, body: null };
  }
}

function refusal(code: number, info: string): Delivery {
  return answer(JSON.stringify(failure({ code, info })));
}

function write({ status, headers, body }: Delivery, date: string): string {
  const length = Buffer.byteLength(body ?? "");
  const lines = Object.entries({ ...headers, Date: date, "Content-Length": length, Connection: "close" });
  const head = lines.map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...head, "", body ?? ""].join("\r\n");
}

function read(incoming: IncomingMessage, outgoing: ServerResponse): Incoming {
  const target = incoming.url ?? "/";
  return {
    method: incoming.method ?? "GET",
    // A target such as //host/path or * must not be taken for another host.
    url: `http://contract.invalid${target.startsWith("/") ? target : `/${target}`}`,
    header: (name) => incoming.headersDistinct[name.toLowerCase()]?.join(", ") ?? null,
    // The connection is still needed for the answer when the rest of the body is not read.
    body: incoming.iterator({ destroyOnReturn: false }),
    signal() {
      const gone = new AbortController();
      outgoing.once("close", () => gone.abort());
      return gone.signal;
    },
  };
}

/** A fault of this package. Its message could repeat the request, so it is not shown. */
function apologise(error: unknown): Delivery {
  const name = error instanceof Error ? error.name : "an unknown value";
  const body = `The contract server failed with ${name}. This is a fault of @contact-groups/contract.\n`;
  return { status: 500, headers: { "Content-Type": "text/plain;charset=UTF-8" }, body };
}
