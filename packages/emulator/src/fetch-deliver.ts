import type { CoreAnswer } from "./core/core-call.ts";
import type { Delivery } from "./delivery.ts";
import { answerHeaders } from "./fetch-face.ts";

/** Waits for so many milliseconds, and rejects with the signal's reason when it is aborted before. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** What a delivery depends on beside the answer. */
export interface DeliverParts {
  readonly signal: AbortSignal;
  readonly wait: Wait;
  /** The header `Date` of a response that begins now. */
  readonly date: () => string;
}

/** Hands over an answer as `fetch` would have got it over a connection. Rejects when a fault broke that, or the signal was aborted. */
export async function deliver({ status, body, delivery }: CoreAnswer, parts: DeliverParts): Promise<Response> {
  if (!delivery) return new Response(body, { status, headers: { ...answerHeaders, Date: parts.date() } });
  const { delayMs, manner } = delivery;
  if (delayMs > 0) await parts.wait(delayMs, parts.signal);
  if (manner.kind === "reset") throw broken("fetch failed", "read ECONNRESET", "ECONNRESET");
  const bytes = new TextEncoder().encode(delivery.body);
  const headers = {
    ...answerHeaders,
    "Content-Type": delivery.contentType,
    "Content-Length": String(bytes.length),
    Date: parts.date(),
  };
  return new Response(streamOf(bytes, manner, parts), { status: delivery.status, headers });
}

function streamOf(
  bytes: Uint8Array,
  manner: Exclude<Delivery["manner"], { readonly kind: "reset" }>,
  { signal, wait }: DeliverParts,
): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> {
  if (manner.kind === "whole") return new Uint8Array(bytes);
  const step = manner.kind === "cut" ? Math.max(1, manner.bytes) : manner.bytes;
  const end = manner.kind === "cut" ? Math.min(manner.bytes, bytes.length) : bytes.length;
  // A body that was cut off behind its last byte is whole.
  const isCut = end < bytes.length;
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      // An error throws away what was not read yet, so it has a turn of its own.
      if (sent >= end && isCut) return controller.error(broken("terminated", "other side closed", "UND_ERR_SOCKET"));
      if (manner.kind === "drip" && sent > 0) await wait(manner.everyMs, signal);
      if (sent < end) controller.enqueue(bytes.slice(sent, Math.min(sent + step, end)));
      sent += step;
      if (sent >= end && !isCut) controller.close();
    },
  });
}

/** What `fetch` of Node throws when a connection breaks. */
function broken(message: string, why: string, code: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(why), { code }) });
}
