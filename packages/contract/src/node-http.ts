/** Carries requests and answers between node:http and the contract. */
import { once } from "node:events";
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Contract, Incoming } from "./contract.ts";
import { description, gateCode } from "./description.ts";
import { fail } from "./envelope.ts";

/** How long the rest of a refused body is read and thrown away, so that a client that is still sending gets to see its answer. */
const lingerMs = 1000;

/** Connections that have had their last answer. */
const finished = new WeakSet<Duplex>();

/** Answers one request. A client whose body was not read to its end loses its connection. */
export async function answerRequest(
  contract: Contract,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const response = await Promise.resolve(incoming).then(read).then(contract).catch(apologise);
  const body = Buffer.from(await response.arrayBuffer());
  if (outgoing.destroyed || finished.has(incoming.socket)) return;
  const isWhole = incoming.complete;
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    ...(response.status !== 204 && { "Content-Length": body.byteLength }),
    ...(!isWhole && { Connection: "close" }),
  });
  if (isWhole) {
    outgoing.end(body);
    return;
  }
  finished.add(incoming.socket);
  outgoing.write(body);
  incoming.resume();
  await once(incoming, "end", { signal: AbortSignal.timeout(lingerMs) }).catch(() => undefined);
  outgoing.end();
}

/** Makes the function that answers what never became a whole request, and closes its connection. */
export function brokenRequestAnswerer(
  requestTimeoutMs: number,
): (error: NodeJS.ErrnoException, socket: Duplex) => void {
  return (error, socket) => {
    if (finished.has(socket)) return;
    finished.add(socket);
    void brokenRequestAnswer(error.code, requestTimeoutMs).then((text) => {
      if (!socket.writable) return socket.destroy();
      socket.end(text);
      const timer = setTimeout(() => socket.destroy(), lingerMs);
      socket.once("close", () => clearTimeout(timer));
    });
  };
}

async function brokenRequestAnswer(reason: string | undefined, requestTimeoutMs: number): Promise<string> {
  switch (reason) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return write(
        fail({
          code: description["x-limits"].serviceTimeout.error,
          info: `The request did not arrive within ${requestTimeoutMs} ms`,
        }),
      );
    case "HPE_INVALID_EOF_STATE":
      return write(fail({ code: gateCode("syntax"), info: "The request ends before its body does" }));
    case "HPE_HEADER_OVERFLOW":
      return write(new Response(null, { status: 431 }));
    default:
      return write(new Response(null, { status: 400 }));
  }
}

async function write(response: Response): Promise<string> {
  const body = await response.text();
  const headers = [...response.headers, ["Content-Length", Buffer.byteLength(body)], ["Connection", "close"]];
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`, ...lines, "", body].join("\r\n");
}

function read(incoming: IncomingMessage): Incoming {
  const target = incoming.url ?? "/";
  return {
    method: incoming.method ?? "GET",
    // A target such as //host/path or * must not be taken for another host.
    url: `http://contract.invalid${target.startsWith("/") ? target : `/${target}`}`,
    headers: readHeaders(incoming),
    // The connection is still needed for the answer when the rest of the body is not read.
    body: incoming.iterator({ destroyOnReturn: false }),
  };
}

function readHeaders(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  return headers;
}

/** A fault of this package. Its message could repeat the request, so it is not shown. */
function apologise(error: unknown): Response {
  const name = error instanceof Error ? error.name : "an unknown value";
  return new Response(`The contract server failed with ${name}. This is a fault of @contact-groups/contract.\n`, {
    status: 500,
  });
}
