import type { Fetch, Transport } from "../transport.ts";
import { ask, read } from "./fetch-exchange.ts";

/** Makes the transport on top of a `fetch`, with nothing between them. */
export function fetchTransport(fetch: Fetch): Transport {
  return async (request) => {
    const answer = (await ask(fetch, request)) as Response | undefined;
    if (answer === undefined) throw new TypeError("fetch gave no response");
    return read(answer, request);
  };
}
