import { STATUS_CODES } from "node:http";
import type { Entry, Har } from "har-format";
import manifest from "../../package.json" with { type: "json" };
import type { Exchange } from "../record/exchange.ts";

/** An archive, ready to be written as JSON. */
export interface HarDocument {
  readonly log: { readonly version: string; readonly creator: object; readonly entries: readonly object[] };
}

/**
 * Writes recorded calls in the HTTP Archive format 1.2, for a browser's network panel, a proxy or `check`. Recordings are redacted, so the
 * archive has no UserSig. Bodies that were not JSON are missing.
 *
 * @param exchanges Recorded calls.
 * @param origin Origin of the calls, which a recording does not have.
 * @returns The archive, ready for `JSON.stringify`.
 * @example
 * ```ts
 * writeFileSync("calls.har", JSON.stringify(toHar(api.exchanges, api.url), null, 2));
 * ```
 * @see http://www.softwareishard.com/blog/har-12-spec/ HAR 1.2, 2012-08-14
 */
export function toHar(exchanges: readonly Exchange[], origin = "http://contract-server.invalid"): HarDocument {
  return {
    log: {
      version: "1.2",
      creator: { name: manifest.name, version: manifest.version },
      entries: exchanges.map((exchange) => toEntry(exchange, origin)),
    },
  } satisfies Har;
}

/** For sizes that were not measured. */
const unknown = -1;

function toEntry({ request, response, startedAt, durationMs }: Exchange, origin: string): Entry {
  const queryString = Object.entries(request.query).flatMap(([name, value]) =>
    [value].flat().map((one) => ({ name, value: one })),
  );
  const search = new URLSearchParams(queryString.map(({ name, value }): [string, string] => [name, value]));
  const sent = request.body === undefined ? "" : JSON.stringify(request.body);
  const got = response.body === undefined ? "" : JSON.stringify(response.body);
  const mimeType = "application/json";
  const headers = [{ name: "Content-Type", value: mimeType }];
  const plain = { httpVersion: "HTTP/1.1", cookies: [], headersSize: unknown };
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: {
      ...plain,
      method: request.method,
      url: `${origin}${request.path}${queryString.length === 0 ? "" : `?${search}`}`,
      headers: sent === "" ? [] : headers,
      queryString,
      ...(sent !== "" && { postData: { mimeType, text: sent } }),
      bodySize: Buffer.byteLength(sent),
    },
    response: {
      ...plain,
      // The format has no value for a lost connection; browsers write 0.
      status: response.status ?? 0,
      statusText: STATUS_CODES[response.status ?? 0] ?? "",
      headers: got === "" ? [] : headers,
      content: { size: Buffer.byteLength(got), mimeType, text: got },
      redirectURL: "",
      bodySize: Buffer.byteLength(got),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
  };
}
