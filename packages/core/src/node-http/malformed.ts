import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Connections } from "./connections.ts";
import type { WireResponse } from "./exchange.ts";

/** An error that the HTTP parser and the time limits of `node:http` report. */
interface ClientError extends Error {
  readonly code?: string;
  /** The bytes that are not HTTP. */
  readonly rawPacket?: Uint8Array;
}

/** HTTP status of each error that is not simply a bad request. */
const statuses: Readonly<Partial<Record<string, number>>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** How a request that never became complete is rejected. */
interface RejectOptions {
  readonly lingerMs: number;
  readonly date: () => string;
  /** Returns the response to an error of Node's that is not a plain status. */
  readonly malformed: ((code: string) => WireResponse | undefined) | undefined;
  /** Called for a client that tried TLS without a server for it. */
  readonly onTlsClient: (() => void) | undefined;
}

/**
 * Creates the handler of `clientError`: data that is not HTTP, or takes too long, gets a plain response after those to the requests before it,
 * and the connection is closed.
 */
export function rejectMalformed(
  connections: Connections,
  { lingerMs, date, malformed, onTlsClient }: RejectOptions,
): (error: ClientError, socket: Socket) => void {
  return ({ code = "", rawPacket }, socket) => {
    const connection = connections.of(socket);
    if (connection.rejected) return;
    connection.rejected = true;
    if (rawPacket?.[0] === tlsHandshake) onTlsClient?.();
    if (code === "ERR_SSL_HTTP_REQUEST") {
      // The client reads no TLS, so the response goes out below it.
      endGently(connection.socket, toText(plain(400, httpsNeeded), date()), lingerMs);
      return;
    }
    if (code === "ECONNRESET" || isHandshakeError(code) || !socket.writable) {
      socket.destroy();
      return;
    }
    const reject = (): void =>
      endGently(socket, toText(malformed?.(code) ?? plain(statuses[code] ?? 400), date()), lingerMs);
    // A complete request may have arrived in one piece with the malformed one. Its end is reported in a later turn.
    setImmediate(() => {
      const { last } = connection;
      if (last && !last.writableFinished) last.once("close", reject);
      else reject();
    });
  };
}

/** A response without JSON: it is not to a call of the service. */
function plain(status: number, text = STATUS_CODES[status]): WireResponse {
  return { status, fields: ["Content-Type", "text/plain"], body: `${text}\n` };
}

/** First byte of what a TLS client sends: https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const tlsHandshake = 22;

const httpsNeeded = "This port serves HTTPS, but the request came as HTTP. Send it to a URL that begins with https://.";

/** Whether Node and OpenSSL report an error of TLS by this code. They have sent what the client can read of it. */
function isHandshakeError(code: string): boolean {
  return code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_");
}

function toText({ status, fields, body }: WireResponse, date: string): string {
  const all = [...fields, "Date", date, "Content-Length", String(Buffer.byteLength(body ?? "")), "Connection", "close"];
  const lines = all.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : []));
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", body ?? ""].join("\r\n");
}

/** Sends last bytes on a connection and closes it. What the client still sends is discarded for a while first. */
function endGently(socket: Socket, text: string, lingerMs: number): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(text);
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(timer));
}
