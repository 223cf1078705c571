import type { OperationErrorCodes, OperationId, OperationMap, RequestBody } from "@contact-groups/openapi/model";
import type { OperationInit, OperationResult } from "./client.ts";
import type { BatchOperation, ItemOperation } from "./declared.ts";
import type { ApiError } from "./errors/api-error.ts";
import type { BatchError } from "./errors/batch-error.ts";
import { ContactGroupsError } from "./errors/contact-groups-error.ts";
import type { HttpError } from "./errors/http-error.ts";
import type { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import type { NetworkError } from "./errors/network-error.ts";
import type { PartialFailureError } from "./errors/partial-failure-error.ts";
import type { ProtocolError } from "./errors/protocol-error.ts";
import type { TimeoutError } from "./errors/timeout-error.ts";
import type { UserSigError } from "./errors/user-sig-error.ts";

/** `ErrorCode` of a failed call: those that are documented for the operation are suggested, every other number is possible. */
export type ErrorCodeOf<Operation extends OperationId> =
  | OperationErrorCodes[Operation]
  // Keeps the suggestions: a plain `number` would swallow the literals.
  | (number & {});

/** What a call of the operation can fail with. `code` is there on all of them, and undefined where the service gave none. */
export type OperationError<Operation extends OperationId> =
  | ApiError<ErrorCodeOf<Operation>>
  | HttpError
  | InvalidArgumentError
  | NetworkError
  | ProtocolError
  | TimeoutError
  | UserSigError
  | (Operation extends ItemOperation ? PartialFailureError<Operation> : never)
  | (Operation extends BatchOperation ? BatchError<Operation> : never);

/** A call that has succeeded or failed, told apart by `ok`. */
export type SafeResult<Operation extends OperationId, Data> =
  | { readonly ok: true; readonly data: Data; readonly error?: undefined }
  | { readonly ok: false; readonly error: OperationError<Operation>; readonly data?: undefined };

/**
 * The operations in the style that does not throw. An `AbortSignal`'s own reason, and what a middleware throws, still reject.
 *
 * @example
 * ```ts
 * const result = await client.safe.createContactGroup({ From_Account: "user15", GroupContactItem: [{ GroupName: "family" }] });
 * if (result.ok) console.log(result.data.failures);
 * else console.error(result.error.code, result.error.message);
 * ```
 */
export type SafeClient = {
  readonly [Operation in keyof OperationMap]: (
    body: RequestBody<Operation>,
    init?: OperationInit<Operation>,
  ) => Promise<SafeResult<Operation, OperationResult<Operation>>>;
};

/** Turns a method that throws into one that does not. */
export function toSafe<Operation extends OperationId, Parameters extends readonly unknown[], Data>(
  method: (...parameters: Parameters) => Promise<Data>,
): (...parameters: Parameters) => Promise<SafeResult<Operation, Data>> {
  return (...parameters) =>
    method(...parameters).then(
      (data) => ({ ok: true, data }),
      (error: unknown) => {
        if (error instanceof ContactGroupsError) return { ok: false, error: error as OperationError<Operation> };
        throw error;
      },
    );
}
