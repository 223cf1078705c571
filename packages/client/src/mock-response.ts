import {
  failureExamples,
  failureNames,
  successExamples,
  type OperationId,
  type ResponseBody,
} from "@contact-groups/openapi/model";
import type { Endpoint } from "./declared.ts";
import { InvalidArgumentError } from "./errors.ts";
import type { TransportResponse } from "./transport.ts";

type SuccessName<Operation extends Endpoint> = Operation extends OperationId
  ? keyof (typeof successExamples)[Operation] & string
  : never;
type FailureName<Operation extends Endpoint> = Operation extends OperationId
  ? (typeof failureNames)[Operation][number]
  : never;

/** Name of an example response of an operation, as the OpenAPI description and the API reference show it. */
type ExampleName<Operation extends Endpoint> = SuccessName<Operation> | FailureName<Operation>;

/** An ErrorCode: those that the error catalogue lists for the operation are suggested, every other is allowed. */
type ErrorNumber<Operation extends Endpoint> =
  | (typeof failureExamples)[FailureName<Operation>][0]
  // Keeps the suggestions: a plain `number` would swallow the literals.
  | (number & {});

interface WithHeaders {
  /** Headers of the response, such as `Retry-After` or `Date`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** How the mock client responds to one request. */
export type PlainMockResponse<Operation extends Endpoint> =
  /** Responds with an example of the OpenAPI description. */
  | ({ readonly example: ExampleName<Operation> } & WithHeaders)
  /** Responds that the call failed: by ErrorCode or by its name in the error catalogue. */
  | ({
      readonly error: FailureName<Operation> | ErrorNumber<Operation>;
      /**
       * `ErrorInfo` of the response.
       *
       * @default the message of the error catalogue
       */
      readonly info?: string;
    } & WithHeaders)
  /** Responds with this body and HTTP status 200. */
  | ({ readonly body: Operation extends OperationId ? ResponseBody<Operation> : object } & WithHeaders)
  /** Responds with this HTTP status, as a proxy would, and with this text: `{ status: 200, text: "{" }` is cut-off JSON. */
  | ({ readonly status: number; readonly text?: string } & WithHeaders)
  /** Loses the connection. A text becomes the `code` of the cause: `"ECONNREFUSED"`; `true` means `"ECONNRESET"`. */
  | { readonly network: string | true }
  /** Never responds: the time-out of the call, its deadline or its signal ends it. */
  | { readonly timeout: true };

/** Responds to one request. */
export type MockRespond = (signal: AbortSignal | undefined) => Promise<TransportResponse>;

/**
 * Prepares a response that can be sent any number of times.
 *
 * @throws `InvalidArgumentError` if it is not a valid response.
 */
export function prepare<Operation extends Endpoint>(
  operation: Operation,
  response: PlainMockResponse<Operation>,
): MockRespond {
  if (typeof response !== "object" || response === null) throw notAResponse(operation);
  if ("timeout" in response) return aborted;
  if ("network" in response) {
    const code = response.network === true ? "ECONNRESET" : response.network;
    return () => Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) }));
  }
  if ("status" in response) return respond(response.status, response.text ?? "", response.headers);
  const { headers } = response;
  if ("body" in response) return json(response.body, headers);
  if ("error" in response) return json(failure(operation, response.error, response.info), headers);
  if ("example" in response) return json(example(operation, response.example), headers);
  throw notAResponse(operation);
}

/** Prepares the default response: the operation's first example of a call that succeeds; of any other endpoint, nothing but success. */
export function prepareDefault(operation: Endpoint): MockRespond {
  const [first] = Object.values(successExamples[operation as OperationId] ?? {});
  return json(first ?? { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" });
}

/** Rejects as soon as the signal is aborted, with its reason: as `fetch` does. */
function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function json(body: unknown, headers?: WithHeaders["headers"]): MockRespond {
  return respond(200, JSON.stringify(body), { "Content-Type": "application/json", ...headers });
}

/** It creates no `Response`: not every runtime of tests has one. */
function respond(status: number, text: string, headers: WithHeaders["headers"] = {}): MockRespond {
  if (!(Number.isInteger(status) && status >= 200 && status <= 599))
    throw new InvalidArgumentError("status", "an HTTP status from 200 to 599", String(status));
  const fields = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const response: TransportResponse = { status, headers: { get: (name) => fields.get(name) ?? null }, text };
  return () => Promise.resolve(response);
}

function failure(operation: Endpoint, error: string | number, info?: string): unknown {
  if (error === 0) throw new InvalidArgumentError("error", "an ErrorCode other than 0", "0, which means success");
  const known: readonly (readonly [string, readonly [number, string]])[] = Object.entries(failureExamples);
  const entry = known.find(([name, [code]]) => error === name || error === code);
  if (typeof error !== "number" && (entry === undefined || !failuresOf(operation).includes(error)))
    throw unknownName("error", operation, error, failuresOf(operation));
  const [code, message] = entry?.[1] ?? [error, ""];
  return { ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: info ?? message };
}

function example(operation: Endpoint, name: string): unknown {
  const successes: Readonly<Record<string, unknown>> = successExamples[operation as OperationId] ?? {};
  if (Object.hasOwn(successes, name)) return successes[name];
  if (failuresOf(operation).includes(name)) return failure(operation, name);
  throw unknownName("example", operation, name, [...Object.keys(successes), ...failuresOf(operation)]);
}

function failuresOf(operation: Endpoint): readonly string[] {
  return failureNames[operation as OperationId] ?? [];
}

function unknownName(argument: string, operation: Endpoint, name: unknown, names: readonly string[]): Error {
  return new InvalidArgumentError(
    argument,
    `one of ${names.join(", ")} for ${operation}`,
    JSON.stringify(name) ?? "undefined",
  );
}

function notAResponse(operation: Endpoint): Error {
  const expected = "an object with example, error, body, status, network or timeout, or a function that returns one,";
  return new InvalidArgumentError("response", `${expected} for ${operation}`, "something else");
}
