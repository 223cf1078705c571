/** One listener on `node:http` and `node:https`, with limits for each client. The caller provides the responses. */
import {
  createServer,
  ServerResponse,
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type Server,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createHttpDate, type Clock } from "../clock.ts";
import { type Connections, trackConnections } from "./connections.ts";
import { HttpExchange, type WireResponse } from "./exchange.ts";
import { rejectMalformed } from "./malformed.ts";

export type { HttpExchange, HeaderFields, Manner, UnreadableBody, WireResponse } from "./exchange.ts";

/** How much of a listener one client can use, so that no client delays the others. Times are in milliseconds. */
export interface ListenLimits {
  /** Request line and header fields in bytes. */
  readonly headBytes: number;
  /**
   * Time until request line and header fields have arrived, from the connection or the first byte after the last response on. The handshake
   * of TLS can take as long before that.
   */
  readonly headMs: number;
  /** Time until a complete body has arrived. */
  readonly requestMs: number;
  /** Time that a connection stays open between two requests. */
  readonly idleMs: number;
  /** Time that a client can leave a response unread; 0 for any. */
  readonly unreadMs: number;
  /** Time in which a client can read its last response, while what it still sends is discarded. */
  readonly lingerMs: number;
  /** Open connections. For one more, the oldest that waits for its client is closed. */
  readonly connections: number;
  /** Time in which open calls can end after `close`. */
  readonly graceMs: number;
}

/** The limits of a listener by default. */
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

/** The certificate of a listener for HTTPS. */
export interface TlsOptions {
  /** Certificate in PEM, followed by the certificates between it and its CA. */
  readonly cert: string | Uint8Array;
  /** Private key of the certificate in PEM, without a passphrase. */
  readonly key: string | Uint8Array;
}

/** An HTTP server that listens. */
export interface Listener {
  /** Origin that this machine reaches it under, for example `http://127.0.0.1:4020`; with `https:` when it serves TLS. */
  readonly url: string;
  /** Address that it is bound to. `0.0.0.0` and `::` mean all addresses of the machine. */
  readonly address: string;
  /** TCP port that it is bound to. */
  readonly port: number;
  /** Stops listening. Open calls get their responses first, for as long as the limits allow; then nothing is left running. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a listener needs. */
export interface ListenerOptions {
  /** 0 for any free one. */
  readonly port: number;
  readonly host: string;
  /** Certificate and key as texts; undefined for HTTP without TLS. */
  readonly tls?: Readonly<Record<keyof TlsOptions, string>> | undefined;
  readonly limits: ListenLimits;
  /**
   * Whether a client that has closed its side still gets its responses. Otherwise Node closes the other side at once, which shows that the
   * client is gone.
   */
  readonly halfOpen: boolean;
  /** Time of the `Date` of each response. */
  readonly clock: Pick<Clock, "now">;
  /** Called with each request, whose body it reads. */
  readonly receive: (exchange: HttpExchange) => void;
  /** Returns the response to data that never became a complete request, by the code of Node's error. If it returns none, a plain HTTP status is sent. */
  readonly malformed?: (code: string) => WireResponse | undefined;
  /** Called for a client that tries TLS at a listener without `tls`. It reports only that the handshake failed. */
  readonly onTlsClient?: (() => void) | undefined;
}

/**
 * Serves HTTP, for as long as something else keeps the process alive.
 *
 * @throws Node's own error when it cannot listen.
 */
export async function listen({
  port,
  host,
  tls,
  limits,
  halfOpen,
  clock,
  receive,
  malformed,
  onTlsClient,
}: ListenerOptions): Promise<Listener> {
  const { lingerMs, unreadMs, requestMs } = limits;
  const date = createHttpDate(clock);
  const options = {
    ServerResponse: datedResponse(date),
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMs,
    // Node's own limit would apply to every request; an exchange knows which ones may take longer.
    requestTimeout: 0,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: Math.ceil(limits.headMs / 10),
  };
  const server: Server = tls
    ? createTlsServer({ ...options, ...tls, handshakeTimeout: limits.headMs, allowHalfOpen: true })
    : createServer(options);
  // Only an unread response can block a connection for this long.
  server.timeout = unreadMs;
  Object.assign(server, { httpAllowHalfOpen: halfOpen });

  // A test that fails may never call close(), but its process must still end.
  server.unref().on("connection", (socket) => socket.unref());

  let closing: Promise<void> | undefined;
  const connections = trackConnections(server, limits.connections);
  const expire = ({ socket }: IncomingMessage): void => {
    const error = Object.assign(new Error("Request timeout"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
    server.emit("clientError", error, socket);
  };
  const parts = { requestMs, unreadMs, lingerMs, isClosing: () => closing !== undefined, expire };
  server.on("request", (incoming, outgoing) =>
    receive(new HttpExchange(incoming, outgoing, connections.of(incoming.socket), parts, false)),
  );
  server.on("checkContinue", (incoming, outgoing) =>
    receive(new HttpExchange(incoming, outgoing, connections.of(incoming.socket), parts, true)),
  );
  server.on("clientError", rejectMalformed(connections, { lingerMs, date, malformed, onTlsClient }));

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const close = (): Promise<void> => (closing ??= stop(server, connections, limits.graceMs));
  return { ...addressOf(server, host, tls ? "https" : "http"), close, [Symbol.asyncDispose]: close };
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

/** Stops a server: idle connections are closed, open calls get their responses, and what takes longer than the grace period is cut off. */
function stop(server: Server, connections: Connections, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    connections.closeHandshakes();
    if (graceMs === 0) server.closeAllConnections();
  });
}

function addressOf(server: Server, host: string, scheme: string): Pick<Listener, "url" | "address" | "port"> {
  const { address, family, port } = server.address() as AddressInfo;
  const name = loopbackOf[address] ?? (family === "IPv6" ? `[${address}]` : host);
  return { url: `${scheme}://${name}:${port}`, address, port };
}

/** Addresses that mean all addresses of the machine. No client can connect to them, so a URL has another. */
const loopbackOf: Readonly<Partial<Record<string, string>>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
