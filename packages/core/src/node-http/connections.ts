import { STATUS_CODES, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { WireResponse } from "./respond.ts";

/** What is known about an open connection. */
export interface Connection {
  /** Whole requests that were not answered yet. */
  open: number;
  /** The answer of the last request; answers are sent in the order of the requests. */
  last: ServerResponse | undefined;
  /** That nothing more is read from it as requests. */
  refused: boolean;
}

/** The open connections of a server. */
export interface Connections {
  of(socket: Socket): Connection;
}

/**
 * Keeps track of a server's connections. One over the limit takes the place of the oldest that waits for its client, so that clients
 * that are slow, or silent, do not keep others out.
 */
export function trackConnections(server: Server, limit: number): Connections {
  const connections = new Map<Socket, Connection>();
  const of = (socket: Socket): Connection => {
    const known = connections.get(socket);
    if (known) return known;
    const connection: Connection = { open: 0, last: undefined, refused: false };
    if (socket.destroyed) return connection;
    connections.set(socket, connection);
    socket.once("close", () => connections.delete(socket));
    return connection;
  };

  server.on("connection", (socket: Socket) => {
    if (connections.size >= limit) (findWaiting(connections) ?? socket).destroy();
    of(socket);
  });
  return { of };
}

function findWaiting(connections: ReadonlyMap<Socket, Connection>): Socket | undefined {
  for (const [socket, { open }] of connections) if (open === 0 && !socket.destroyed) return socket;
  return undefined;
}

/** What the HTTP parser and the time limits of `node:http` report. */
export interface ClientError extends Error {
  readonly code?: string;
}

/** HTTP status of each error that is not simply a bad request. */
const statuses: Readonly<Partial<Record<string, number>>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** How a request is refused that never became a whole one. */
export interface RefuseOptions {
  readonly lingerMs: number;
  readonly date: () => string;
  /** Answers an error of Node's in another way than by a plain status. */
  readonly answer: ((code: string) => WireResponse | undefined) | undefined;
}

/**
 * Creates the handler of `clientError`: what is no HTTP, or takes too long, gets a plain answer, after those of the requests before it,
 * and the connection is closed.
 */
export function refuseMalformed(
  connections: Connections,
  { lingerMs, date, answer }: RefuseOptions,
): (error: ClientError, socket: Socket) => void {
  return ({ code = "" }, socket) => {
    const connection = connections.of(socket);
    if (connection.refused) return;
    connection.refused = true;
    if (code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const refuse = (): void =>
      endGently(socket, toText(answer?.(code) ?? plain(statuses[code] ?? 400), date()), lingerMs);
    // A whole request may have come in one piece with what is wrong. Its end is told in a later turn.
    setImmediate(() => {
      const { last } = connection;
      if (last && !last.writableFinished) last.once("close", refuse);
      else refuse();
    });
  };
}

/** An answer without JSON: what it answers was no call of the service. */
function plain(status: number): WireResponse {
  return { status, fields: ["Content-Type", "text/plain"], body: `${STATUS_CODES[status]}\n` };
}

function toText({ status, fields, body }: WireResponse, date: string): string {
  const all = [...fields, "Date", date, "Content-Length", String(Buffer.byteLength(body ?? "")), "Connection", "close"];
  const lines = all.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : []));
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", body ?? ""].join("\r\n");
}

/** Sends last bytes on a connection and closes it. What the client still sends is thrown away for a while first. */
function endGently(socket: Socket, text: string, lingerMs: number): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(text);
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(timer));
}
