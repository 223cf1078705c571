import { credentials, operations, type OperationId, type RequestBody } from "@contact-groups/openapi/model";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { prepare, prepareDefault, type PlainAnswer, type Respond } from "./plain-answer.ts";

/** One request that reached the mock client's in-process service. A repeated call counts once for each attempt. */
export type MockCall<Operation extends OperationId = OperationId> = {
  readonly [Id in Operation]: {
    readonly operation: Id;
    readonly body: RequestBody<Id>;
    /** The query's parameters, without those that carry credentials. */
    readonly query: Readonly<Record<string, string>>;
  };
}[Operation];

/** Chooses the answer by the body of the request. What it throws, the call sees as a lost connection. */
export type MockHandler<Operation extends OperationId> = (
  body: RequestBody<Operation>,
  call: MockCall<Operation>,
) => PlainAnswer<Operation> | Promise<PlainAnswer<Operation>>;

/** What the mock client does with one request. */
export type MockAnswer<Operation extends OperationId> = PlainAnswer<Operation> | MockHandler<Operation>;

/** Says what a mock client answers, and tells what it was asked. */
export interface Mock {
  /**
   * Answers the operation's next request, or several in turn. They come before `always`, each is used once, and answers given
   * later queue up behind.
   *
   * Throws an `InvalidArgumentError` that lists the names if the operation or the name of an example or error is unknown.
   *
   * @example
   * ```ts
   * client.mock.next("getContactGroup", { example: "FirstOfTwoPages" }, { error: "ServiceTimeout" });
   * ```
   */
  next<Operation extends OperationId>(operation: Operation, ...answers: readonly MockAnswer<Operation>[]): void;

  /**
   * Answers every request of the operation that no `next` is left for. Throws as `next` does.
   *
   * @example
   * ```ts
   * client.mock.always("createContactGroup", (body) =>
   *   body.From_Account === "user15" ? { example: "PartialFailure" } : { error: "UserNotImported" },
   * );
   * ```
   */
  always<Operation extends OperationId>(operation: Operation, answer: MockAnswer<Operation>): void;

  /** Forgets all answers and calls. */
  reset(): void;

  /** The requests so far, in order. They hold no credential. */
  readonly calls: readonly MockCall[];
}

/** A `Mock` and the `fetch` that it steers. */
export interface MockService {
  readonly mock: Mock;
  readonly fetch: (input: string | Request, init?: RequestInit) => Promise<Response>;
}

type Step = (call: MockCall, signal: AbortSignal) => Promise<Response>;

const operationIds = Object.keys(operations) as OperationId[];

/** Makes the in-process service that answers a mock client. */
export function createMockService(): MockService {
  const queues = new Map<OperationId, Step[]>();
  const standing = new Map<OperationId, Step>();
  const calls: MockCall[] = [];

  const mock: Mock = {
    next(operation, ...answers) {
      checkOperation(operation);
      const steps = answers.map((answer) => toStep(operation, answer));
      queues.set(operation, [...(queues.get(operation) ?? []), ...steps]);
    },
    always(operation, answer) {
      checkOperation(operation);
      standing.set(operation, toStep(operation, answer));
    },
    reset() {
      queues.clear();
      standing.clear();
      calls.length = 0;
    },
    calls,
  };

  return {
    mock: Object.freeze(mock),
    async fetch(input, init) {
      const request = new Request(input, init);
      // The caller's own signal: a Request only follows it, and not beyond its own life.
      const signal = init?.signal ?? request.signal;
      const call = await read(request);
      calls.push(call);
      const { operation } = call;
      const step = queues.get(operation)?.shift() ?? standing.get(operation) ?? plain(prepareDefault(operation));
      return step(call, signal);
    },
  };
}

function toStep<Operation extends OperationId>(operation: Operation, answer: MockAnswer<Operation>): Step {
  if (typeof answer !== "function") return plain(prepare(operation, answer));
  return async (call, signal) => {
    // Only requests of the operation get here.
    const own = call as MockCall<Operation> & { readonly body: RequestBody<Operation> };
    return prepare(operation, await answer(own.body, own))(signal);
  };
}

function checkOperation(operation: unknown): void {
  if (!operationIds.some((id) => id === operation))
    throw new InvalidArgumentError(
      "operation",
      `one of ${operationIds.join(", ")}`,
      JSON.stringify(operation) ?? "none",
    );
}

function plain(respond: Respond): Step {
  return (_, signal) => respond(signal);
}

async function read(request: Request): Promise<MockCall> {
  const { pathname, searchParams } = new URL(request.url);
  const operation = operationIds.find((id) => pathname.endsWith(operations[id].path));
  const query = Object.fromEntries(
    [...searchParams].filter(([name]) => !credentials.some((credential) => credential === name)),
  );
  return { operation, body: await request.json(), query } as MockCall;
}
