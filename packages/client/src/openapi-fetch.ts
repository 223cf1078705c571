/** Entry `@contact-groups/client/openapi-fetch`: a client of openapi-fetch, with the calls of this package beneath it. */
import createOpenapiFetch, { type Client as OpenapiFetchClient } from "openapi-fetch";
import type { ErrorCategory, OkBody, OperationId, operations, RequestBody } from "@contact-groups/openapi/model";
import type { EndpointInit } from "./call-init.ts";
import { checkOptions, type ClientOptions } from "./client-options.ts";
import { createClient } from "./create-client.ts";
import type { EndpointPath } from "./declared.ts";
import { ApiError, InvalidArgumentError } from "./errors.ts";
import { callOptionNames } from "./option-names.ts";

/** Body of a call that failed, as the service sends it. */
export interface FailureBody {
  readonly ActionStatus: "FAIL";
  readonly ErrorCode: number;
  readonly ErrorInfo: string;
  readonly RequestId?: string;
}

/** The operations by path, as openapi-fetch reads them. The query is not in it, because this package fills it in. */
export type ServicePaths = {
  readonly [Id in OperationId as (typeof operations)[Id]["path"]]: {
    readonly post: {
      readonly requestBody: { readonly content: { readonly "application/json": RequestBody<Id> } };
      readonly responses: {
        readonly 200: { readonly content: { readonly "application/json": OkBody<Id> } };
        readonly default: { readonly content: { readonly "application/json": FailureBody } };
      };
    };
  };
};

/** HTTP status of the response that openapi-fetch gets for a failed call: `error` is set by the status, and its middlewares decide by it. */
const statuses: Readonly<Record<ErrorCategory, number>> = {
  request: 400,
  auth: 401,
  application: 403,
  throttle: 429,
  transient: 503,
};

/**
 * Creates a client of openapi-fetch whose calls are signed, limited, retried and redacted as those of `createClient`. Its `data` is the body of a
 * successful response, its `error` the body of a failed one, whose status tells the category: 400 request, 401 auth, 403 application, 429 throttle, 503
 * transient. Requests and responses that its middlewares see contain no credential.
 *
 * Everything else is thrown, also through `onError` of middlewares, as the `ContactGroupsError` of `createClient`: a lost connection, a time-out, an
 * invalid request. Options of a call, such as `timeoutMs` and `retryUnsafe`, are given next to `body`. Pages and long lists are those of the service: one
 * call is one request.
 *
 * @param options Options of `createClient`.
 * @throws `InvalidArgumentError` if an option is missing or invalid.
 * @example
 * ```ts
 * import { createOpenapiFetchClient } from "@contact-groups/client/openapi-fetch";
 *
 * const client = createOpenapiFetchClient({ sdkAppId: 1400000000, identifier: "administrator", secretKey, region: "singapore" });
 * const { data, error } = await client.POST("/v4/recentcontact/get_contact_group", { body: { From_Account: "user15", StartIndex: 0 } });
 * if (error) console.error(error.ErrorCode, error.ErrorInfo);
 * else console.log(data.ContactItem?.length);
 * ```
 * @see https://openapi-ts.dev/openapi-fetch/ openapi-fetch, 0.17
 */
export function createOpenapiFetchClient(options: ClientOptions): OpenapiFetchClient<ServicePaths, "application/json"> {
  const { call } = createClient(options);
  const baseUrl = checkOptions(options);

  async function send(request: Request): Promise<Response> {
    if (request.method !== "POST")
      throw new InvalidArgumentError("method", "POST, which every endpoint has", JSON.stringify(request.method));
    if (!request.url.startsWith(`${baseUrl}/`))
      throw new InvalidArgumentError("baseUrl", "that of the client", "another one");
    // openapi-fetch adds the options of a call that a Request does not know.
    const given: Readonly<Record<string, unknown>> = { ...request };
    const names = Object.keys(callOptionNames).filter((name) => given[name] !== undefined);
    const init: EndpointInit = {
      ...Object.fromEntries(names.map((name) => [name, given[name]])),
      headers: request.headers,
      signal: request.signal,
    };
    const path = request.url.slice(baseUrl.length + 1) as EndpointPath;
    try {
      return respond(200, await call(path, parse(await request.text()), init));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { code, info, requestId, category } = error;
      const body = { ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: info, RequestId: requestId };
      return respond(category ? statuses[category] : 400, body);
    }
  }

  return createOpenapiFetch<ServicePaths, "application/json">({ baseUrl, fetch: send });
}

function respond(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

/** Reads the body that openapi-fetch wrote. A middleware can have changed it. */
function parse(text: string): object {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError("body", "JSON", "another text");
  }
}
