/** Entry `@contact-groups/client/testing`: a client whose service is in the same process. */
import { checkCredential } from "@contact-groups/core/arguments";
import { credentials, type OperationId, type RequestBody } from "@contact-groups/openapi/model";
import type { ClientOptions } from "./client-options.ts";
import type { Client } from "./client.ts";
import { createClient } from "./create-client.ts";
import { endpointAt, operationIds, type Endpoint, type EndpointPath, type UntrustedObject } from "./declared.ts";
import { InvalidArgumentError } from "./errors.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";
import { prepare, prepareDefault, type PlainMockResponse, type MockRespond } from "./mock-response.ts";

export { requestExamples, successExamples } from "@contact-groups/openapi/model";

type OptionalOf<Options> = Options extends unknown ? Partial<Omit<Options, "fetch" | "transport">> : never;

/** Options of `createMockClient`: those of `createClient`, all optional, without `fetch` and `transport`. */
export type MockClientOptions = OptionalOf<ClientOptions>;

/** A client with the mock service that responds to it. */
export interface MockClient extends Client {
  /** Plans the responses and records the requests. */
  readonly mock: Mock;
}

/**
 * Creates a client whose service is in the same process: for tests of code that uses a client, with any test runner.
 *
 * In every other respect it is a real client: it checks requests, reads the envelope, throws the same errors, pages, and sends long lists in parts. It
 * opens no socket and needs no credential. Each request gets the next response of `mock.next`, otherwise the one of
 * `mock.always`, otherwise the operation's first example of a call that succeeds. Retries and the rate limit are off, so that no
 * test waits: `retry: {}` turns the retries on. Nothing is random: `random` counts from 0, and a retry follows at once. It needs neither `fetch` nor
 * `crypto`, so it runs in jsdom too: a `secretKey` is checked, but nothing is signed with it.
 *
 * @param options Options of `createClient`.
 * @throws `InvalidArgumentError` if an option is invalid.
 * @example
 * ```ts
 * import { createMockClient } from "@contact-groups/client/testing";
 *
 * const client = createMockClient();
 * client.mock.next("getContactGroup", { example: "FirstOfTwoPages" }, { error: "ServiceTimeout" });
 *
 * const page = await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
 * console.log(page.ContactItem?.length, client.mock.calls[0]?.body);
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export function createMockClient(options: MockClientOptions = {}): MockClient {
  const { mock, transport } = createMockService();
  const { secretKey, userSigValiditySeconds: _, ...others } = options;
  if (secretKey !== undefined) checkCredential("secretKey", secretKey, InvalidArgumentError);
  const client = createClient({
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "usersig-of-the-mock-client",
    ...(options.region === undefined ? { baseUrl: "http://contact-groups.test" } : {}),
    retry: false,
    rateLimit: false,
    random: counter(),
    ...others,
    transport,
    // Spread together, the alternatives of the options are too many for TypeScript.
  } as object as ClientOptions);
  return { ...client, mock };
}

function counter(): () => number {
  let next = 0;
  return () => next++;
}

/** One request that reached the mock service. A call that is retried counts once for each attempt. */
export type MockCall<Operation extends Endpoint = Endpoint> = {
  readonly [Id in Operation]: {
    readonly operation: Id;
    readonly body: BodyOf<Id>;
    /** The query's parameters, without those that carry credentials. */
    readonly query: Readonly<Record<string, string>>;
  };
}[Operation];

type BodyOf<Operation extends Endpoint> = Operation extends OperationId ? RequestBody<Operation> : UntrustedObject;

/** Chooses the response by the body of the request. For the call, its error is a lost connection. */
type MockHandler<Operation extends Endpoint> = (
  body: BodyOf<Operation>,
  call: MockCall<Operation>,
) => PlainMockResponse<Operation> | Promise<PlainMockResponse<Operation>>;

/**
 * How the mock client responds to one request: by an example, an error, a body, an HTTP status, a lost connection or a time-out, or by a
 * function that returns one of these.
 *
 * @example
 * ```ts
 * const full: MockResponse<"createContactGroup"> = { error: "TooManyConversationGroups" };
 * ```
 */
export type MockResponse<Operation extends Endpoint> = PlainMockResponse<Operation> | MockHandler<Operation>;

/** Plans the responses of a mock client, and records its requests. */
interface Mock {
  /**
   * Responds to the next request of an operation or of the path of `client.call`, or to several in turn. These responses are used before that of `always`, each once, in the order
   * in which they were given.
   *
   * @throws `InvalidArgumentError` that lists the names, if the operation or the name of an example or error is unknown.
   *
   * @example
   * ```ts
   * client.mock.next("getContactGroup", { example: "FirstOfTwoPages" }, { error: "ServiceTimeout" });
   * ```
   */
  next<Operation extends Endpoint>(operation: Operation, ...responses: readonly MockResponse<Operation>[]): void;

  /**
   * Responds to every request of the operation that no response of `next` is left for.
   *
   * @throws `InvalidArgumentError` as `next` does.
   *
   * @example
   * ```ts
   * client.mock.always("createContactGroup", (body) =>
   *   body.From_Account === "user15" ? { example: "PartialFailure" } : { error: "UserNotImported" },
   * );
   * ```
   */
  always<Operation extends Endpoint>(operation: Operation, response: MockResponse<Operation>): void;

  /** Forgets all responses and calls. */
  reset(): void;

  /** The requests so far, in order. They contain no credential. */
  readonly calls: readonly MockCall[];
}

/** A `Mock` and the transport that it controls. */
interface MockService {
  readonly mock: Mock;
  readonly transport: Transport;
}

type MockStep = (call: MockCall, signal: AbortSignal | undefined) => Promise<TransportResponse>;

/** Creates the service of a mock client. */
function createMockService(): MockService {
  const queues = new Map<Endpoint, MockStep[]>();
  const defaults = new Map<Endpoint, MockStep>();
  const calls: MockCall[] = [];

  const mock: Mock = {
    next(operation, ...responses) {
      const endpoint = checkOperation(operation);
      const steps = responses.map((response) => toStep(endpoint, response));
      queues.set(endpoint, [...(queues.get(endpoint) ?? []), ...steps]);
    },
    always(operation, response) {
      const endpoint = checkOperation(operation);
      defaults.set(endpoint, toStep(endpoint, response));
    },
    reset() {
      queues.clear();
      defaults.clear();
      calls.length = 0;
    },
    calls,
  };

  return {
    mock: Object.freeze(mock),
    async transport(request) {
      const call = read(request);
      calls.push(call);
      const { operation } = call;
      const step = queues.get(operation)?.shift() ?? defaults.get(operation) ?? plain(prepareDefault(operation));
      return step(call, request.signal);
    },
  };
}

function toStep<Operation extends Endpoint>(operation: Operation, response: MockResponse<Operation>): MockStep {
  if (typeof response !== "function") return plain(prepare(operation, response));
  return async (call, signal) => {
    // Only requests of the operation get here.
    const own = call as MockCall<Operation> & { readonly body: BodyOf<Operation> };
    return prepare(operation, await response(own.body, own))(signal);
  };
}

function checkOperation<Operation extends Endpoint>(operation: Operation): Operation {
  if (!operationIds.some((id) => id === operation) && !String(operation).startsWith("v4/"))
    throw new InvalidArgumentError(
      "operation",
      `a path or one of ${operationIds.join(", ")}`,
      JSON.stringify(operation) ?? "undefined",
    );
  // The path of an operation is that operation.
  return endpointAt(operation as EndpointPath) as Operation;
}

function plain(respond: MockRespond): MockStep {
  return (_, signal) => respond(signal);
}

function read({ url, body }: TransportRequest): MockCall {
  const { pathname, searchParams } = new URL(url);
  // A base URL can have a path.
  const operation = endpointAt(pathname.slice(pathname.lastIndexOf("/v4/") + 1) as EndpointPath);
  const query = Object.fromEntries(
    [...searchParams].filter(([name]) => !credentials.some((credential) => credential === name)),
  );
  return { operation, body: JSON.parse(body), query } as MockCall;
}
