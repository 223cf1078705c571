import { createHttpDate, type Clock } from "@contact-groups/core/clock";
import type { Contract } from "./contract.ts";
import { type Responder, type IncomingRequest, toResponse } from "./response.ts";

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
