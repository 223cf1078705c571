/** The types of a client: a method for each operation, as the description declares it. */
import type {
  errorCodes,
  ErrorName,
  IteratorMap,
  OperationErrorCodes,
  OperationId,
  OperationMap,
  RequestBody,
} from "@contact-groups/openapi/model";
import type { BatchInit, CallInit, EndpointInit, IterateInit } from "./call-init.ts";
import type {
  BatchOperation,
  Endpoint,
  EndpointPath,
  ItemOperation,
  OperationResult,
  UntrustedObject,
} from "./declared.ts";
import type {
  ApiError,
  BatchError,
  HttpError,
  InvalidArgumentError,
  NetworkError,
  PartialFailureError,
  ProtocolError,
  QueueError,
  TimeoutError,
  UserSigError,
} from "./errors.ts";
import type { IterateRequest, PageIterator } from "./pages.ts";

/** Options of a call of an operation. */
type OperationInit<Operation extends OperationId> = Operation extends BatchOperation ? BatchInit<Operation> : CallInit;

/** A method for each operation. */
type OperationMethods = {
  readonly [Operation in keyof OperationMap]: (
    body: RequestBody<Operation>,
    init?: OperationInit<Operation>,
  ) => Promise<OperationResult<Operation>>;
};

/** A method for each operation whose responses are pages, which iterates over the items of all of them. */
type IteratorMethods = {
  readonly [Name in keyof IteratorMap]: (
    body: IterateRequest<IteratorMap[Name]>,
    init?: IterateInit<IteratorMap[Name]>,
  ) => PageIterator<IteratorMap[Name]>;
};

/**
 * The operations of the service. Each method resolves to the body of a successful response.
 *
 * Where single items of a request can fail while the call succeeds, the result has `failures`. Where a list can be sent in parts, it can have any length.
 *
 * @throws `ContactGroupsError`, from each method: `ApiError` or a subclass, `HttpError`, `NetworkError`, `TimeoutError`, `ProtocolError`,
 *   `UserSigError` or `InvalidArgumentError`.
 */
export interface Client extends OperationMethods, IteratorMethods {
  /**
   * Calls any other endpoint of the service, signed, within its rate, and with the same errors. Its body is not checked, and its calls are retried
   * only where they certainly did not run, unless `init.retryUnsafe` is true. The path of an operation of this client is called as that operation.
   *
   * @param path Path of the endpoint, such as `v4/openim/sendmsg`.
   * @param body Body of the request.
   * @param init Options of the call.
   * @returns The body of a successful response.
   * @throws `ContactGroupsError`, as each method does. Its `operation` is the path.
   * @example
   * ```ts
   * const { MsgTime } = await client.call<{ MsgTime: number }>("v4/openim/sendmsg", {
   *   To_Account: "user0",
   *   MsgRandom: 7,
   *   MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hello" } }],
   * });
   * ```
   * @see https://www.tencentcloud.com/document/product/1047/34620 RESTful API Overview, 2025-10-23
   */
  readonly call: <Result extends object = UntrustedObject, Body extends object = object>(
    path: EndpointPath,
    body: Body,
    init?: EndpointInit,
  ) => Promise<Result>;
  /** The operations in the style that does not throw: `{ ok: true, data }` or `{ ok: false, error }`. */
  readonly safe: SafeClient;
}

/** An `ApiError` of an operation: the codes and names that are documented for it are suggested, every other code is possible. */
interface OperationApiError<Operation extends OperationId> extends ApiError {
  // Keeps the suggestions: a plain `number` would swallow the literals.
  readonly code: OperationErrorCodes[Operation] | (number & {});
  readonly operation: Operation;
  /** Name of the code in the error catalogue; undefined for a code that it does not list for the operation. */
  readonly entryName: NameOf<OperationErrorCodes[Operation]> | undefined;
}

/** The names of codes in the error catalogue. */
type NameOf<Code> = { [Name in ErrorName]: (typeof errorCodes)[Name] extends Code ? Name : never }[ErrorName];

/**
 * The errors of a call of an operation. All of them have `code`, which is undefined where there is no `ErrorCode`.
 *
 * @example
 * ```ts
 * function isFull({ code }: OperationError<"createContactGroup">): boolean {
 *   return code === 51010;
 * }
 * ```
 */
export type OperationError<Operation extends Endpoint> =
  | (Operation extends OperationId ? OperationApiError<Operation> : ApiError)
  | HttpError
  | InvalidArgumentError
  | NetworkError
  | ProtocolError
  | QueueError
  | TimeoutError
  | UserSigError
  | (Operation extends ItemOperation ? PartialFailureError<Operation> : never)
  | (Operation extends BatchOperation ? BatchError<Operation> : never);

/** The result of a call in the style that does not throw, discriminated by `ok`. */
export type SafeResult<Operation extends Endpoint, Data> =
  | { readonly ok: true; readonly data: Data; readonly error?: undefined }
  | { readonly ok: false; readonly error: OperationError<Operation>; readonly data?: undefined };

/**
 * The operations in the style that does not throw. They still reject with the reason of an `AbortSignal` and with the errors of a middleware.
 *
 * @example
 * ```ts
 * const result = await client.safe.createContactGroup({ From_Account: "user15", GroupContactItem: [{ GroupName: "family" }] });
 * if (result.ok) console.log(result.data.failures);
 * else console.error(result.error.code, result.error.message);
 * ```
 */
type SafeClient = {
  readonly [Operation in keyof OperationMap]: (
    body: RequestBody<Operation>,
    init?: OperationInit<Operation>,
  ) => Promise<SafeResult<Operation, OperationResult<Operation>>>;
} & {
  /** `client.call` in the style that does not throw. */
  readonly call: <Result extends object = UntrustedObject, Body extends object = object>(
    path: EndpointPath,
    body: Body,
    init?: EndpointInit,
  ) => Promise<SafeResult<EndpointPath, Result>>;
};
