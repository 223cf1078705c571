/** The only file that knows openapi-fetch. */
import createOpenapiFetch from "openapi-fetch";
import { readResponse, sendRequest, type Fetch, type Transport } from "./transport.ts";

/** openapi-fetch derives its types from such a map of paths. Ours are checked one layer up, in `client.ts`. */
interface AnyPath {
  readonly post: {
    readonly responses: { readonly 200: { readonly content: { readonly "application/json": unknown } } };
  };
}

/** What openapi-fetch creates instead of a `Request`. `fetch` creates its own, and two of them would be a third of the cost of a call. */
class LightRequest {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

/** Creates the transport on a `fetch`, with openapi-fetch between them. */
export function fetchTransport(fetch: Fetch): Transport {
  const openapiFetch = createOpenapiFetch<Record<string, AnyPath>>({
    Request: LightRequest as unknown as typeof Request,
  });
  // With this status openapi-fetch leaves the body alone: that of an error status it would read to its end.
  const leaveAlone = new Response(null, { status: 204 });

  return async (request) => {
    let response: Response | undefined;
    await openapiFetch.POST(request.url, {
      fetch: async ({ url }) => {
        response = await sendRequest(fetch, { ...request, url });
        return leaveAlone;
      },
    });
    return readResponse(response, request);
  };
}
