import { isAscii } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { pipeline } from "node:stream/promises";

/** An open connection of a listener. */
export interface Connection {
  /** Its socket of TCP. */
  readonly socket: Socket;
  /** Whole requests that have no response yet. */
  open: number;
  /** The response to the last request; responses are sent in the order of the requests. */
  last: ServerResponse | undefined;
  /** Whether nothing more is read from it as requests. */
  rejected: boolean;
}

/** Names and values of header fields in turn, without `Content-Length`. */
export type HeaderFields = readonly string[];

/** A response as it goes over the wire. */
export interface WireResponse {
  readonly status: number;
  readonly fields: HeaderFields;
  /** Text, or bytes that need not be text; null for none. */
  readonly body: string | Uint8Array | null;
}

/**
 * How a response is sent: `whole` at once; `cut` with `bytes` of the body under the `Content-Length` of all of it, then the connection
 * ends; `reset` breaks the connection before the first byte; `drip` with `bytes` every `everyMs` milliseconds.
 */
export type Manner =
  | { readonly kind: "whole" }
  | { readonly kind: "cut"; readonly bytes: number }
  | { readonly kind: "reset" }
  | { readonly kind: "drip"; readonly bytes: number; readonly everyMs: number };

/** What the exchanges of a listener have in common. */
export interface ExchangeParts {
  readonly requestMs: number;
  readonly unreadMs: number;
  readonly lingerMs: number;
  /** Whether connections are closed after their next response. */
  readonly isClosing: () => boolean;
  /** Responds to a request that has taken too long. */
  readonly expire: (incoming: IncomingMessage) => void;
}

/** A request and its response. The body is read once, by one of the two ways. */
export class HttpExchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly #connection: Connection;
  readonly #parts: ExchangeParts;
  /** Whether the client waits for `100 Continue` before it sends the body. */
  readonly #waits: boolean;
  #isCounted = false;
  /** Whether the request and its response can take any time. */
  #isLong = false;

  constructor(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    connection: Connection,
    parts: ExchangeParts,
    waits: boolean,
  ) {
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.#connection = connection;
    this.#parts = parts;
    this.#waits = waits;
    // Most requests are complete by then.
    if (parts.requestMs > 0) process.nextTick(() => this.#limit());
  }

  /** Path and query of the request's target, which can also be a whole URL, as a proxy is sent. */
  get target(): string {
    const { url = "/" } = this.incoming;
    if (url.startsWith("/")) return url;
    const [origin] = /^https?:\/\/[^/?#]*/i.exec(url) ?? [];
    if (origin === undefined) return url;
    const rest = url.slice(origin.length);
    return rest.startsWith("/") ? rest : `/${rest}`;
  }

  /**
   * Reads the body as text. `take` is called once: when the body is complete, or at the first byte over the limit. A negative limit reads
   * none. It is not called when the client disconnects before.
   */
  readText(maxBytes: number, take: (body: string | UnreadableBody) => void): void {
    readBody(this.incoming, this.#allow(maxBytes) ? maxBytes : -1, (body) => {
      this.#count();
      take(body);
    });
  }

  /** Reads the body as it arrives, as fast as the caller takes it. A caller that stops before its end can still respond. */
  readChunks(maxBytes: number): AsyncIterable<Uint8Array> {
    this.#allow(maxBytes);
    this.incoming.once("end", () => this.#count());
    // The connection is still needed for the response.
    return this.incoming.iterator({ destroyOnReturn: false });
  }

  /** Lets the request take any time, as long as the client goes on sending, and then the response. */
  prepareLong(): void {
    const { incoming, outgoing } = this;
    this.#isLong = true;
    const wait = (): void => void outgoing.setTimeout(0);
    if (incoming.complete) wait();
    else incoming.once("end", wait);
  }

  /**
   * Sends a response whose body is written piece by piece, as fast as the client takes it. When a piece cannot be read, the connection breaks
   * off; when the client leaves, also before the response, no more pieces are read and their source is closed.
   */
  sendPieces(
    { status, fields }: Pick<WireResponse, "status" | "fields">,
    pieces: AsyncIterable<string | Uint8Array>,
  ): void {
    const { incoming, outgoing } = this;
    const connection = this.#connection;
    if (outgoing.destroyed || (connection.rejected && !this.#isCounted)) {
      pieces[Symbol.asyncIterator]()
        .return?.()
        .catch(() => undefined);
      return;
    }
    this.#count();
    outgoing.setTimeout(this.#parts.unreadMs);
    outgoing.once("close", () => {
      connection.open--;
      if (this.#parts.isClosing() && connection.open === 0) incoming.socket.destroySoon();
    });
    outgoing.writeHead(status, [...fields]);
    pipeline(pieces, outgoing).catch(() => outgoing.destroy());
  }

  /** Sends a response. A client that is still sending its request loses its connection after it. */
  send(response: WireResponse): void {
    const { incoming, outgoing } = this;
    const connection = this.#connection;
    // A request that never became complete already has its response.
    if (outgoing.destroyed || (connection.rejected && !this.#isCounted)) return;
    this.#count();
    connection.open--;
    if (!incoming.complete) return sendEarly(incoming, outgoing, response, this.#parts.lingerMs);
    // Requests that arrived together with this one still get their responses.
    const isLast = this.#parts.isClosing() && connection.last === outgoing;
    sendWhole(outgoing, isLast ? { ...response, fields: [...response.fields, "Connection", "close"] } : response);
  }

  /** Sends a response in the given manner, as an injected fault requires. Other exchanges do not wait for it. */
  deliver(response: WireResponse, manner: Manner, delayMs = 0): void {
    const { outgoing } = this;
    const { unreadMs, isClosing } = this.#parts;
    const connection = this.#connection;
    if (outgoing.destroyed || (connection.rejected && !this.#isCounted)) return;
    this.#count();
    const { socket } = this.incoming;
    outgoing.once("close", () => {
      connection.open--;
      if (isClosing() && connection.open === 0) socket.destroySoon();
    });
    const pause = delayMs + (manner.kind === "drip" ? manner.everyMs : 0);
    // A client that waits for this is not idle.
    if (pause > 0 && unreadMs > 0) outgoing.setTimeout(pause + unreadMs);
    const run = (): void => {
      if (outgoing.destroyed) return;
      if (manner.kind === "whole") sendWhole(outgoing, response);
      else if (manner.kind === "cut") cut(outgoing, response, manner.bytes);
      else if (manner.kind === "drip") drip(outgoing, response, manner);
      // An encrypted socket cannot reset the connection below it.
      else onceSent(outgoing, () => connection.socket.resetAndDestroy());
    };
    if (delayMs > 0) after(outgoing, delayMs, run);
    else run();
  }

  /** Limits the time until the body has arrived. */
  #limit(): void {
    const { incoming } = this;
    const { requestMs, expire } = this.#parts;
    if (this.#isLong || incoming.complete || incoming.destroyed) return;
    const timer = setTimeout(() => {
      if (!this.#isLong && !incoming.complete) expire(incoming);
    }, requestMs).unref();
    const stop = (): void => clearTimeout(timer);
    incoming.once("end", stop).once("close", stop);
  }

  /** Sends `100 Continue` to a client that waits for it, unless it announces a body that is too large. */
  #allow(maxBytes: number): boolean {
    if (!this.#waits) return true;
    if (Number(this.incoming.headers["content-length"]) > maxBytes) return false;
    this.outgoing.writeContinue();
    return true;
  }

  /** Notes that the request waits for its response. */
  #count(): void {
    if (this.#isCounted) return;
    this.#isCounted = true;
    this.#connection.open++;
    this.#connection.last = this.outgoing;
  }
}

/** Sends a response as a whole. */
function sendWhole(outgoing: ServerResponse, response: WireResponse): void {
  const bytes = sendHead(outgoing, response);
  if (response.body === null) outgoing.end();
  // Most responses are ASCII, which is written without encoding it.
  else outgoing.end(response.body, bytes === response.body.length ? "latin1" : "utf8");
}

/** Notes status and header fields, which go out with the first bytes of the body. Returns the bytes of the body. */
function sendHead(outgoing: ServerResponse, { status, fields, body }: WireResponse): number {
  const bytes = body === null ? 0 : Buffer.byteLength(body);
  outgoing.writeHead(status, body === null ? [...fields] : [...fields, "Content-Length", String(bytes)]);
  return bytes;
}

/**
 * Sends a response while its request is still coming, and closes the connection when the request has come, or has taken too long. A
 * connection that is closed with unread bytes is reset, and the client may never see the response; so they are discarded for a while.
 */
function sendEarly(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: WireResponse,
  lingerMs: number,
): void {
  sendHead(outgoing, { ...response, fields: [...response.fields, "Connection", "close"] });
  outgoing.write(response.body ?? "");
  const end = (): void => {
    clearTimeout(timer);
    outgoing.end();
  };
  const timer = setTimeout(end, lingerMs);
  incoming.once("end", end).once("close", end).resume();
}

/** Sends less than what was announced and ends the connection. */
function cut(outgoing: ServerResponse, response: WireResponse, bytes: number): void {
  sendHead(outgoing, response);
  outgoing.flushHeaders();
  if (bytes > 0) outgoing.write(Buffer.from(response.body ?? "").subarray(0, bytes));
  onceSent(outgoing, (socket) => socket.destroySoon());
}

/** Sends a few bytes at a time. */
function drip(
  outgoing: ServerResponse,
  response: WireResponse,
  { bytes, everyMs }: { bytes: number; everyMs: number },
): void {
  sendHead(outgoing, response);
  outgoing.flushHeaders();
  const body = Buffer.from(response.body ?? "");
  const step = Math.max(1, bytes);
  let sent = 0;
  const next = (): void => {
    const part = body.subarray(sent, sent + step);
    sent += step;
    if (sent >= body.length) outgoing.end(part);
    else if (outgoing.write(part)) after(outgoing, everyMs, next);
    else outgoing.once("drain", () => after(outgoing, everyMs, next));
  };
  next();
}

/** Runs once all earlier responses of the connection were sent. */
function onceSent(outgoing: ServerResponse, run: (socket: Socket) => void): void {
  if (outgoing.socket) run(outgoing.socket);
  // The connection is assigned before the data that was written meanwhile is sent.
  else outgoing.once("socket", (socket: Socket) => setImmediate(run, socket));
}

/** A timer that ends with the connection. */
function after(outgoing: ServerResponse, milliseconds: number, run: () => void): void {
  const stop = (): void => clearTimeout(timer);
  const timer = setTimeout(() => {
    outgoing.off("close", stop);
    run();
  }, milliseconds);
  outgoing.once("close", stop);
}

/** A body that cannot be read as text, and why: larger than the limit, or not UTF-8. */
export interface UnreadableBody {
  readonly unreadable: "too large" | "not UTF-8";
}

/**
 * Reads a body as text. `take` is called once: when the body is complete, at the first byte over the limit, or immediately when the limit is
 * negative. Later bytes are discarded. It is not called when the client disconnects before.
 */
export function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
  take: (body: string | UnreadableBody) => void,
): void {
  let chunks: Buffer[] = [];
  let bytes = 0;
  if (maxBytes < 0) take({ unreadable: "too large" });
  incoming.on("data", (chunk: Buffer) => {
    if (bytes > maxBytes) return;
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= maxBytes) return;
    chunks = [];
    take({ unreadable: "too large" });
  });
  incoming.on("end", () => {
    if (bytes <= maxBytes) take(decode(chunks));
  });
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function decode(chunks: readonly Buffer[]): string | UnreadableBody {
  const [only = empty] = chunks;
  const whole = chunks.length > 1 ? Buffer.concat(chunks) : only;
  if (isAscii(whole)) return whole.toString("latin1");
  try {
    return decoder.decode(whole);
  } catch {
    return { unreadable: "not UTF-8" };
  }
}

const empty = Buffer.alloc(0);
