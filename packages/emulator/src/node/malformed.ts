import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Connections } from "./connections.ts";
import { endGently } from "./linger.ts";

/** What the HTTP parser and the time limits of `node:http` report. */
interface ClientError extends Error {
  readonly code?: string;
}

/** HTTP status of each error that is not simply a bad request. */
const statuses: Readonly<Partial<Record<string, number>>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Makes the handler of `clientError`: what is no HTTP, or takes too long, gets a plain answer, after those of the requests before it,
 * and the connection is closed.
 */
export function refuseMalformed(
  connections: Connections,
  lingerMs: number,
  date: () => string,
): (error: ClientError, socket: Socket) => void {
  return ({ code = "" }, socket) => {
    const connection = connections.of(socket);
    if (connection.refused) return;
    connection.refused = true;
    if (code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const refuse = (): void => endGently(socket, plainAnswer(statuses[code] ?? 400, date()), lingerMs);
    // A whole request may have come in one piece with what is wrong. Its end is told in a later turn.
    setImmediate(() => {
      const { last } = connection;
      if (last && !last.writableFinished) last.once("close", refuse);
      else refuse();
    });
  };
}

/** An answer without JSON: what it answers was no call of the service. */
export function plainAnswer(status: number, date: string): string {
  const body = `${STATUS_CODES[status]}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    `Date: ${date}`,
    "Content-Type: text/plain",
    `Content-Length: ${body.length}`,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
