import {
  createServer,
  ServerResponse,
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../clock.ts";
import { createHttpDate } from "../http-date.ts";
import { refuseMalformed, trackConnections } from "./connections.ts";
import { Exchange, type WireResponse } from "./respond.ts";

/** What one client may use of a listener, so that none can hold up the others. Times are milliseconds. */
export interface ListenLimits {
  /** Request line and header fields in bytes. */
  readonly headBytes: number;
  /** Time until request line and header fields are there, from the connection or the last answer's next byte on. */
  readonly headMs: number;
  /** Time until a whole request is there. */
  readonly requestMs: number;
  /** Time that a connection stays open between two requests. */
  readonly idleMs: number;
  /** Time that a client may leave an answer unread; 0 for any. */
  readonly unreadMs: number;
  /** Time in which a client that gets a last answer can read it, while what it still sends is thrown away. */
  readonly lingerMs: number;
  /** Open connections. For one more, the oldest that waits for its client is closed. */
  readonly connections: number;
  /** Time that `close` gives open calls. */
  readonly graceMs: number;
}

/** What holds where nothing else was given. */
export const defaultListenLimits: ListenLimits = {
  headBytes: 16 * 1024,
  headMs: 10_000,
  requestMs: 30_000,
  idleMs: 5_000,
  unreadMs: 30_000,
  lingerMs: 1_000,
  connections: 2_000,
  graceMs: 5_000,
};

/** Something that listens. */
export interface Listener {
  /** Origin under which this machine reaches it, for example `http://127.0.0.1:4020`. */
  readonly url: string;
  /** Address that it is bound to. `0.0.0.0` and `::` are all of the machine's. */
  readonly address: string;
  readonly port: number;
  /** Stops listening. Open calls are answered first, for as long as the limits say; nothing is left running. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly limits: ListenLimits;
  /**
   * Whether a client that has closed its side still gets its responses. Otherwise Node closes the other side at once, which tells that the
   * client is gone.
   */
  readonly halfOpen: boolean;
  /** Time of the `Date` of each response. */
  readonly clock: Pick<Clock, "now">;
  /** Called with each request, whose body it reads. */
  readonly receive: (exchange: Exchange) => void;
  /** Returns the response to what never became a whole request, by the code of Node's error. Unless it returns one, a plain HTTP status is sent. */
  readonly malformed?: (code: string) => WireResponse | undefined;
}

/** Serves HTTP, for as long as something else keeps the process alive. Rejects with Node's own error when it can't listen. */
export async function listen({
  port,
  host,
  limits,
  halfOpen,
  clock,
  receive,
  malformed,
}: ListenOptions): Promise<Listener> {
  const { lingerMs, unreadMs } = limits;
  const date = createHttpDate(clock);
  const server = createServer({
    ServerResponse: datedResponse(date),
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: Math.ceil(Math.min(limits.headMs, limits.requestMs) / 10),
  });
  // An unread answer is the only thing that can make a connection stand still for so long.
  server.timeout = unreadMs;
  Object.assign(server, { httpAllowHalfOpen: halfOpen });

  // A test that fails may never come to close(), and must end all the same.
  server.unref().on("connection", (socket) => socket.unref());

  let closing: Promise<void> | undefined;
  const connections = trackConnections(server, limits.connections);
  const parts = { unreadMs, lingerMs, isClosing: () => closing !== undefined };
  server.on("request", (incoming, outgoing) =>
    receive(new Exchange(incoming, outgoing, connections.of(incoming.socket), parts, false)),
  );
  server.on("checkContinue", (incoming, outgoing) =>
    receive(new Exchange(incoming, outgoing, connections.of(incoming.socket), parts, true)),
  );
  server.on("clientError", refuseMalformed(connections, { lingerMs, date, answer: malformed }));

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const close = (): Promise<void> => (closing ??= stop(server, limits.graceMs));
  return { ...addressOf(server, host), close, [Symbol.asyncDispose]: close };
}

/**
 * Creates the class of a server's responses, whose `Date` is that of a clock. Node would send the machine's time, also with the responses
 * that it sends by itself: 400 to a request without `Host`, 417 to an unknown `Expect`. A `Date` among the fields stays.
 */
function datedResponse(date: () => string): typeof ServerResponse<IncomingMessage> {
  return class extends ServerResponse {
    override writeHead(
      status: number,
      ...rest: readonly (string | OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined)[]
    ): this {
      // A reason phrase in front of the headers goes unused: HTTP has one for each status.
      const headers = rest.find((part) => typeof part === "object") ?? [];
      const fields = Array.isArray(headers) ? headers : (Object.entries(headers).flat() as string[]);
      return super.writeHead(status, isDated(fields) ? fields : [...fields, "Date", date()]);
    }
  };
}

function isDated(fields: OutgoingHttpHeader[]): boolean {
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index];
    if (typeof name === "string" && name.length === 4 && name.toLowerCase() === "date") return true;
  }
  return false;
}

/** Stops a server: idle connections are closed, open calls are answered, and what takes longer than the grace period is cut. */
function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    if (graceMs === 0) server.closeAllConnections();
  });
}

function addressOf(server: Server, host: string): Pick<Listener, "url" | "address" | "port"> {
  const { address, family, port } = server.address() as AddressInfo;
  const name = loopbackOf[address] ?? (family === "IPv6" ? `[${address}]` : host);
  return { url: `http://${name}:${port}`, address, port };
}

/** Addresses that stand for all of the machine's. Nobody can connect to them, so a URL has another. */
const loopbackOf: Readonly<Partial<Record<string, string>>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
