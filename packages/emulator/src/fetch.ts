/** The adapter for `fetch`: it reads a `Request` and sends a `Response`, without a socket. */
import type { UnreadableBody } from "@contact-groups/core/node-http";
import type { ControlResponse, Pieces } from "./control/routes.ts";
import type { InspectorFile } from "./inspector/files.ts";
import type { RawRequest } from "./request.ts";
import type { CoreResponse, FaultDelivery } from "./response.ts";

/** The headers of every response, as the service sends them. */
const serviceHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "X-Requested-With",
  "Access-Control-Allow-Methods": "POST",
} as const;

/** The headers of a response. */
export const responseHeaders: Readonly<Record<string, string>> = {
  "Content-Type": "application/json",
  ...serviceHeaders,
};

/** The headers of the response to a preflight, which lets a browser page send a JSON body. The service's own headers do not allow it. */
export const preflightHeaders: Readonly<Record<string, string>> = {
  ...serviceHeaders,
  "Access-Control-Allow-Headers": "X-Requested-With, Content-Type",
};

/** Reads a request for the core, up to the first byte over a limit. */
export async function readRequest(request: Request, maxBytes: number): Promise<RawRequest> {
  return { method: request.method, target: targetOf(request), body: await readBody(request, maxBytes) };
}

/** Returns path and query of a request. */
export function targetOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}

/** Reads a body as it arrives. */
export async function* readPieces({ body }: Request): AsyncGenerator<Uint8Array, void> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/** Creates the response of the control API. */
export function controlResponse({ status, contentType, body }: ControlResponse, date: string): Response {
  const headers = { "Content-Type": contentType, Date: date };
  return new Response(typeof body === "string" ? body || null : toStream(body), { status, headers });
}

function toStream(pieces: Pieces): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) return controller.close();
      controller.enqueue(typeof value === "string" ? encoder.encode(value) : new Uint8Array(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** Reads a body as text, up to the first byte over a limit. */
export async function readBody(request: Request, maxBytes: number): Promise<string | UnreadableBody> {
  if (!request.body) return "";
  const reader = request.body.getReader();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return decode(parts);
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return { unreadable: "too large" };
    }
    parts.push(value);
  }
}

function decode(parts: readonly Uint8Array[]): string | UnreadableBody {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    return parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
  } catch {
    return { unreadable: "not UTF-8" };
  }
}

/** Sends a file as `fetch` would have received it. */
export function toResponse({ status, fields, body }: InspectorFile, date: () => string): Response {
  const headers = new Headers({ Date: date() });
  for (let at = 0; at < fields.length; at += 2) headers.set(fields[at]!, fields[at + 1]!);
  return new Response(body, { status, headers });
}

/** Waits for a number of milliseconds; rejects with the signal's reason when it is aborted earlier. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** What sending a response needs. */
interface SendParts {
  readonly signal: AbortSignal;
  readonly wait: Wait;
  /** Returns the header `Date` of a response that begins now. */
  readonly date: () => string;
}

/** Sends a response as `fetch` would have received it over a connection. Rejects when a fault breaks that, or the signal is aborted. */
export async function send({ status, body, delivery }: CoreResponse, parts: SendParts): Promise<Response> {
  if (!delivery) return new Response(body, { status, headers: { ...responseHeaders, Date: parts.date() } });
  const { delayMs, manner } = delivery;
  if (delayMs > 0) await parts.wait(delayMs, parts.signal);
  if (manner.kind === "reset") throw broken("fetch failed", "read ECONNRESET", "ECONNRESET");
  const bytes = new TextEncoder().encode(delivery.body);
  const headers = {
    ...responseHeaders,
    "Content-Type": delivery.contentType,
    "Content-Length": String(bytes.length),
    Date: parts.date(),
  };
  return new Response(streamOf(bytes, manner, parts), { status: delivery.status, headers });
}

function streamOf(
  bytes: Uint8Array,
  manner: Exclude<FaultDelivery["manner"], { readonly kind: "reset" }>,
  { signal, wait }: SendParts,
): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> {
  if (manner.kind === "whole") return new Uint8Array(bytes);
  const step = manner.kind === "cut" ? Math.max(1, manner.bytes) : manner.bytes;
  const end = manner.kind === "cut" ? Math.min(manner.bytes, bytes.length) : bytes.length;
  // A body that is cut off after its last byte is whole.
  const isCut = end < bytes.length;
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      // An error discards what was not read yet, so it comes in a pull of its own.
      if (sent >= end && isCut) return controller.error(broken("terminated", "other side closed", "UND_ERR_SOCKET"));
      if (manner.kind === "drip" && sent > 0) await wait(manner.everyMs, signal);
      if (sent < end) controller.enqueue(bytes.slice(sent, Math.min(sent + step, end)));
      sent += step;
      if (sent >= end && !isCut) controller.close();
    },
  });
}

/** Creates the error that `fetch` of Node.js throws when a connection breaks. */
function broken(message: string, why: string, code: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(why), { code }) });
}
