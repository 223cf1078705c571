/** The only file that knows openapi-fetch. Whatever replaces it has to be a `Transport`. */
import createOpenapiFetch from "openapi-fetch";

/** Sends one request. The global `fetch` is one, and so is the handler of an in-process server. */
export type Fetch = (request: Request) => Promise<Response>;

/** One call, ready to be sent. */
export interface TransportCall {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
  readonly headers: Headers;
  readonly signal: AbortSignal | undefined;
}

/** Status and body text of an answer. The text of a status other than 200 is empty: nobody reads it. */
export interface TransportAnswer {
  readonly status: number;
  readonly text: string;
}

/** Sends a call and resolves to its answer. Rejects with whatever `fetch`, or reading the body, rejected with. */
export type Transport = (call: TransportCall) => Promise<TransportAnswer>;

/** openapi-fetch derives its types from such a map of paths. Ours are checked one layer up, in `create-client.ts`. */
interface AnyPath {
  readonly post: {
    readonly parameters: { readonly query: Readonly<Record<string, string>> };
    readonly requestBody: { readonly content: { readonly "application/json": string } };
    readonly responses: { readonly 200: { readonly content: { readonly "application/json": unknown } } };
  };
}

/** Makes the transport for one host. */
export function createTransport(baseUrl: string, fetch: Fetch): Transport {
  const openapiFetch = createOpenapiFetch<Record<string, AnyPath>>({
    baseUrl,
    bodySerializer: (body) => body,
    // A redirect would hand the body, and with some statuses the method, to another host. The service sends none.
    redirect: "manual",
  });

  return async ({ path, query, body, headers, signal }) => {
    let answer: Response | undefined;
    await openapiFetch.POST(path, {
      params: { query },
      body,
      headers,
      ...(signal && { signal }),
      parseAs: "stream",
      fetch: async (request) => {
        answer = await fetch(request);
        // openapi-fetch would read the body of an error status to its end.
        return new Response(null);
      },
    });
    if (answer === undefined) throw new TypeError("fetch gave no response");
    if (answer.status === 200) return { status: 200, text: await answer.text() };
    // The status is the answer, whether or not the rest of it can still be turned away.
    await answer.body?.cancel().catch(() => undefined);
    return { status: answer.status, text: "" };
  };
}
