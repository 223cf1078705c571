import { createHttpDate, type Clock } from "@contact-groups/core/clock";
import type { Contract } from "./contract.ts";
import type { IncomingRequest, OutgoingResponse, Responder } from "./response.ts";

/** Creates a `fetch` that calls the contract. The `Date` of its responses is the time of the clock. */
export function createFetch(respond: Responder, clock: Pick<Clock, "now">): Contract["fetch"] {
  const date = createHttpDate(clock);
  return async (input, init = {}) => {
    const signal = init.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    return toResponse(await respond(read(input, init, signal)), date);
  };
}

function read(input: string | URL | Request, init: RequestInit, signal: AbortSignal | undefined): IncomingRequest {
  const { method, url, headers, body } = new Request(absolute(input), init);
  return { method, url, headers: [...headers], body, signal: () => signal };
}

/** Adds an origin to a path. */
function absolute(input: string | URL | Request): string | URL | Request {
  return typeof input === "string" && input.startsWith("/") ? `http://contract.invalid${input}` : input;
}

/** Creates the response of `fetch`. Throws what `fetch` throws when the connection is reset. */
function toResponse({ status, headers, body, reset }: OutgoingResponse, date: () => string): Response {
  if (reset) {
    const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
    throw new TypeError("fetch failed", { cause });
  }
  // A response with status 204 must have no body.
  const content = body.byteLength === 0 ? null : Uint8Array.from(body);
  const response = new Response(content, { status, headers: headers.map(([name, value]) => [name, value]) });
  if (!response.headers.has("Date")) response.headers.set("Date", date());
  return response;
}
