/** Entry `@contact-groups/client/testing`: a client whose service is in the same process. */
import { checkCredential } from "@contact-groups/core/arguments";
import { credentials, operations, type OperationId, type RequestBody } from "@contact-groups/openapi/model";
import type { ClientOptions } from "./client-options.ts";
import type { Client } from "./client.ts";
import { createClient } from "./create-client.ts";
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
export type MockCall<Operation extends OperationId = OperationId> = {
  readonly [Id in Operation]: {
    readonly operation: Id;
    readonly body: RequestBody<Id>;
    /** The query's parameters, without those that carry credentials. */
    readonly query: Readonly<Record<string, string>>;
  };
}[Operation];

/** Chooses the response by the body of the request. For the call, its error is a lost connection. */
type MockHandler<Operation extends OperationId> = (
  body: RequestBody<Operation>,
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
export type MockResponse<Operation extends OperationId> = PlainMockResponse<Operation> | MockHandler<Operation>;

/** Plans the responses of a mock client, and records its requests. */
interface Mock {
  /**
   * Responds to the operation's next request, or to several in turn. These responses are used before that of `always`, each once, in the order
   * in which they were given.
   *
   * @throws `InvalidArgumentError` that lists the names, if the operation or the name of an example or error is unknown.
   *
   * @example
   * ```ts
   * client.mock.next("getContactGroup", { example: "FirstOfTwoPages" }, { error: "ServiceTimeout" });
   * ```
   */
  next<Operation extends OperationId>(operation: Operation, ...responses: readonly MockResponse<Operation>[]): void;

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
  always<Operation extends OperationId>(operation: Operation, response: MockResponse<Operation>): void;

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

const operationIds = Object.keys(operations) as OperationId[];

/** Creates the service of a mock client. */
function createMockService(): MockService {
  const queues = new Map<OperationId, MockStep[]>();
  const defaults = new Map<OperationId, MockStep>();
  const calls: MockCall[] = [];

  const mock: Mock = {
    next(operation, ...responses) {
      checkOperation(operation);
      const steps = responses.map((response) => toStep(operation, response));
      queues.set(operation, [...(queues.get(operation) ?? []), ...steps]);
    },
    always(operation, response) {
      checkOperation(operation);
      defaults.set(operation, toStep(operation, response));
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

function toStep<Operation extends OperationId>(operation: Operation, response: MockResponse<Operation>): MockStep {
  if (typeof response !== "function") return plain(prepare(operation, response));
  return async (call, signal) => {
    // Only requests of the operation get here.
    const own = call as MockCall<Operation> & { readonly body: RequestBody<Operation> };
    return prepare(operation, await response(own.body, own))(signal);
  };
}

function checkOperation(operation: unknown): void {
  if (!operationIds.some((id) => id === operation))
    throw new InvalidArgumentError(
      "operation",
      `one of ${operationIds.join(", ")}`,
      JSON.stringify(operation) ?? "undefined",
    );
}

function plain(respond: MockRespond): MockStep {
  return (_, signal) => respond(signal);
}

function read({ url, body }: TransportRequest): MockCall {
  const { pathname, searchParams } = new URL(url);
  const operation = operationIds.find((id) => pathname.endsWith(operations[id].path));
  const query = Object.fromEntries(
    [...searchParams].filter(([name]) => !credentials.some((credential) => credential === name)),
  );
  return { operation, body: JSON.parse(body), query } as MockCall;
}
