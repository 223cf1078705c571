import type { Agent, IncomingMessage, request as sendHttp, RequestOptions } from "node:http";
import type { Socket } from "node:net";
import { addAbortSignal, type Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createInflateRaw, createUnzip } from "node:zlib";
import { onAbort } from "@contact-groups/core/abort";
import { monotonic, systemClock } from "@contact-groups/core/clock";
import { beginning, responseTooLarge, type TransportRequest, type TransportResponse } from "./transport.ts";

/** A host as `node:http` needs it, and the connections to it. */
export interface Host {
  readonly request: typeof sendHttp;
  /** Options of every request to the host. */
  readonly options: RequestOptions;
  /** Value of the `Host` header. */
  readonly name: string;
  readonly agent: Agent;
  /** Whether no proxy has a say: it changes the headers, which it can do in an object only. */
  readonly direct: boolean;
  /** Time after which an idle connection is not used for a request that cannot be sent twice, in milliseconds. */
  readonly freshMs: number;
}

/** When each connection was last used. */
const usedAt = new WeakMap<Socket, number>();

/** Ends the idle connections that the host may be about to close, if one of them is next: the request gets a new one. */
function endStale({ agent, freshMs }: Host): void {
  const now = monotonic(systemClock);
  const stale = (socket: Socket | undefined) => socket && usedAt.get(socket)! + freshMs <= now;
  const { scheduling } = agent as { scheduling?: string };
  for (const sockets of Object.values(agent.freeSockets))
    if (stale(sockets?.at(scheduling === "fifo" ? 0 : -1))) for (const one of sockets!) if (stale(one)) one.destroy();
}

/** Sends one request and resolves to its response. Rejects with the signal's reason, or with an error that has a `code`. */
export function exchange(host: Host, path: string, request: TransportRequest): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const { body, signal } = request;
    if (signal?.aborted) return reject(signal.reason);

    if (!request.idempotent) endStale(host);
    let responded = false;
    const headers = rawHeaders(host, request);
    const sent = host.request(
      { ...host.options, path, headers: host.direct ? headers : toObject(headers) },
      (response) => {
        responded = true;
        usedAt.set(response.socket, monotonic(systemClock));
        const { statusCode: status = 0 } = response;
        if (status === 200)
          return void read(response, request).then(
            (text) => succeed({ status, headers: headersOf(response), text }),
            fail,
          );
        void readBeginning(response).then((text) => succeed({ status, headers: headersOf(response), text }));
      },
    );

    function succeed(result: TransportResponse): void {
      leave();
      resolve(result);
    }
    function fail(error: unknown): void {
      leave();
      reject(error);
    }

    const leave = onAbort(signal, () => {
      // A request that still waits for a connection would not report its end before it has one.
      fail(signal?.reason);
      sent.destroy();
    });
    sent.on("error", fail);
    // For example, a connection whose host changes the protocol ends without an error.
    sent.on("close", () => {
      if (!responded) fail(Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" }));
    });
    sent.end(body);
  });
}

/** Returns the headers as a list, which Node.js writes unchanged. It would check each field of an object again. */
function rawHeaders(host: Host, { headers, body }: TransportRequest): string[] {
  const raw = ["Host", host.name, "Accept-Encoding", "identity", "Content-Length", String(Buffer.byteLength(body))];
  for (const name in headers) {
    if (!ours.has(name.toLowerCase())) raw.push(name, headers[name] ?? "");
  }
  return raw;
}

/** Headers that a caller cannot set, as with `fetch`: two of the same would make the request ambiguous. */
const ours = new Set(["host", "accept-encoding", "content-length", "transfer-encoding", "connection"]);

function toObject(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index < raw.length; index += 2) headers[raw[index]!] = raw[index + 1]!;
  return headers;
}

function headersOf({ headers }: IncomingMessage): TransportResponse["headers"] {
  return {
    get(name) {
      const value = headers[name.toLowerCase()];
      return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
    },
  };
}

async function read(response: IncomingMessage, request: TransportRequest): Promise<string> {
  const bytes = await collect(response, request.maxResponseBytes);
  const encodings = response.headers["content-encoding"];
  return toText(encodings === undefined ? bytes : await decode(bytes, encodings, request));
}

/** Reads the beginning of a body that may never end. One with an encoding is not read. */
function readBeginning(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const stop = () => void response.destroy();
    const cancel = systemClock.after(beginning.ms, stop);
    response.on("data", (piece: Buffer) => {
      size += piece.length;
      pieces.push(piece);
      if (size > beginning.bytes) stop();
    });
    response.on("error", () => undefined);
    response.on("close", () => {
      cancel();
      resolve(toText(Buffer.concat(pieces)));
    });
    if (response.headers["content-encoding"] !== undefined) stop();
  });
}

/** Returns the text without a byte order mark, as `Response.text()` does. */
function toText(bytes: Buffer): string {
  return bytes.toString("utf8", bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

const decoders = new Map<string, (bytes: Buffer) => Transform>([
  ["gzip", () => createUnzip()],
  ["x-gzip", () => createUnzip()],
  // The standard requires a zlib header; some servers omit it.
  ["deflate", (bytes) => (((bytes[0] ?? 0) & 0x0f) === 8 ? createUnzip() : createInflateRaw())],
  ["br", () => createBrotliDecompress()],
]);

/**
 * Decodes the encodings of a body, each up to the limit and until the signal is aborted: 600 kB can contain 600 MB. The transport requests
 * none, since small bodies do not gain from it, but a proxy may add one. A body with an unknown encoding is left unchanged, as `fetch` does.
 */
export async function decode(
  bytes: Buffer,
  encodings: string,
  { maxResponseBytes, signal }: TransportRequest,
): Promise<Buffer> {
  let decoded = bytes;
  for (const name of encodings.toLowerCase().split(",").toReversed()) {
    const decoder = decoders.get(name.trim())?.(decoded);
    if (decoder === undefined) continue;
    if (signal) addAbortSignal(signal, decoder);
    decoder.end(decoded);
    decoded = await collect(decoder, maxResponseBytes);
  }
  return decoded;
}

/** Reads a stream of bytes to its end. Destroys it and rejects as soon as there are more than allowed. */
function collect(stream: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    stream.on("data", (piece: Buffer) => {
      size += piece.length;
      if (size <= maxBytes) return void pieces.push(piece);
      reject(responseTooLarge());
      stream.destroy();
    });
    stream.on("error", reject);
    // Most bodies arrive in one piece.
    stream.on("end", () => resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)));
  });
}
