import type { OkBody, RequestBody } from "@contact-groups/openapi/model";
import type { At, BatchOperation, ItemOf, Of } from "../declared.ts";
import { ContactGroupsError } from "./contact-groups-error.ts";

/** An item of the list that is sent in parts. */
export type BatchItem<Operation extends BatchOperation> = ItemOf<
  At<RequestBody<Operation>, At<Of<Operation, "batch">, "request">>
>;

/**
 * A long list was sent in parts, and one of them failed. It has what the others returned. Its `code`, `attempts` and `retryable` are
 * those of the `cause`.
 *
 * @example
 * ```ts
 * if (error instanceof BatchError) {
 *   console.error(error.cause.message, error.partial.ContactResultItem.length);
 *   const rest = await client.searchContactGroup({ From_Account: "user15", ContactItem: [...error.missing] });
 * }
 * ```
 */
export class BatchError<Operation extends BatchOperation = BatchOperation> extends ContactGroupsError {
  override readonly name = "BatchError";
  declare readonly operation: Operation;
  declare readonly cause: ContactGroupsError;
  override readonly code: number | undefined;
  // Private, so that what prints an error does not print thousands of items.
  readonly #partial: OkBody<Operation>;
  readonly #missing: readonly BatchItem<Operation>[];

  /** @param total Number of items sent, each counted once. */
  constructor(
    operation: Operation,
    cause: ContactGroupsError,
    partial: OkBody<Operation>,
    missing: readonly BatchItem<Operation>[],
    total: number,
  ) {
    super(
      `${operation} got no response for ${missing.length} of ${total} items: ${cause.message}`,
      operation,
      cause.attempts,
      cause.retryable,
      { cause },
    );
    this.code = cause.code;
    this.#partial = partial;
    this.#missing = missing;
  }

  /** What the parts that succeeded returned, in the order of the request. */
  get partial(): OkBody<Operation> {
    return this.#partial;
  }

  /** The items that no part has a response for, each once. */
  get missing(): readonly BatchItem<Operation>[] {
    return this.#missing;
  }
}
