import { bypass, http, type HttpHandler, HttpResponse } from "msw";
import type { Contract } from "./contract.ts";
import { isNearOperation } from "./near-path.ts";

/**
 * Creates handlers of Mock Service Worker that respond to the operations on every host. They also respond to requests that nearly are for one, which
 * are violations: a misspelt command, another version or case of the path. So no such request takes its UserSig to the network. All other requests,
 * such as those for other endpoints of the service, are left to the other handlers.
 *
 * @param api In Node, the result of `createContractFetch()` or `startContractServer()`. In a page, where Prism cannot run, the address of a
 * contract server, as `{ url: "http://127.0.0.1:4010" }`: the handlers forward the requests to it.
 * @returns A list with one handler.
 * @example
 * ```ts
 * import { createContractFetch } from "@contact-groups/contract";
 * import { contractHandlers } from "@contact-groups/contract/msw";
 * import { setupServer } from "msw/node";
 *
 * const api = createContractFetch();
 * const worker = setupServer(...contractHandlers(api));
 * worker.listen();
 * api.plan("get_contact_group", { error: 50004 });
 * ```
 * @see https://mswjs.io/docs/api/http
 */
export function contractHandlers(api: Pick<Contract, "fetch"> | { readonly url: string }): HttpHandler[] {
  const send = "fetch" in api ? api.fetch : (request: Request) => passOn(request, api.url);
  const handler = http.all("*", async ({ request }) => {
    try {
      return await send(request);
    } catch (error) {
      // A planned reset of the connection, or an aborted request. Anything else, such as a Prism that cannot be loaded, is an error to be seen.
      if (error instanceof TypeError || request.signal.aborted) return HttpResponse.error();
      throw error;
    }
  });
  // A handler that matches and does not respond would hide a request from `onUnhandledRequest`. A function as the path needs a later MSW.
  const predicate = ({ request }: { readonly request: Request }): boolean => isNearOperation(new URL(request.url));
  return [Object.assign(handler, { predicate: predicate as unknown as HttpHandler["predicate"] })];
}

async function passOn(request: Request, server: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { method, headers } = request;
  const body = method === "GET" || method === "HEAD" ? null : await request.text();
  return fetch(bypass(new Request(server.replace(/\/+$/, "") + pathname + search, { method, headers, body })));
}
