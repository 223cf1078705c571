/** The only file that knows openapi-fetch. Whatever replaces it has to be a `Transport`. */
import createOpenapiFetch from "openapi-fetch";

/** Sends a request to a URL. The global `fetch` is one, and so is the handler of an in-process server. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** One request, ready to be sent with the method POST. Its URL holds credentials: keep it out of logs. */
export interface TransportRequest {
  readonly url: string;
  /** JSON text. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

/** Status, headers and body text of an answer. The text of a status other than 200 may be empty: nobody reads it. */
export interface TransportAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/**
 * Sends a request and resolves to its answer. Does not follow redirects. Rejects with whatever went wrong, and when the signal is
 * aborted.
 *
 * @example
 * ```ts
 * import { nodeTransport } from "@contact-groups/client/node";
 *
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", secretKey, region: "china", transport: nodeTransport() });
 * ```
 */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

/** openapi-fetch derives its types from such a map of paths. Ours are checked one layer up, in `client.ts`. */
interface AnyPath {
  readonly post: {
    readonly responses: { readonly 200: { readonly content: { readonly "application/json": unknown } } };
  };
}

/** What openapi-fetch makes instead of a `Request`. `fetch` makes its own, and two of them would be a third of the cost of a call. */
class LightRequest {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

/** Makes the transport on top of a `fetch`. */
export function fetchTransport(fetch: Fetch): Transport {
  const openapiFetch = createOpenapiFetch<Record<string, AnyPath>>({
    Request: LightRequest as unknown as typeof Request,
  });
  // With this status openapi-fetch leaves the body alone: that of an error status it would read to its end.
  const read = new Response(null, { status: 204 });

  return async ({ url, body, headers, signal }) => {
    let answer: Response | undefined;
    await openapiFetch.POST(url, {
      fetch: async (request) => {
        answer = await fetch(request.url, {
          method: "POST",
          // As they are: a `Headers` object would be one more.
          headers: headers as Record<string, string>,
          body,
          signal: signal ?? null,
          // A redirect would hand the body, and with some statuses the method, to another host. The service sends none.
          redirect: "manual",
        });
        return read;
      },
    });
    if (answer === undefined) throw new TypeError("fetch gave no response");
    if (answer.status === 200) return { status: 200, headers: answer.headers, text: await answer.text() };
    // The status is the answer, whether or not the rest of it can still be turned away.
    await answer.body?.cancel().catch(() => undefined);
    return { status: answer.status, headers: answer.headers, text: "" };
  };
}
