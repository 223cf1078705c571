import type { ItemOperation } from "../declared.ts";
import type { ItemFailure, ItemResponse } from "../partial-failure.ts";
import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * The call succeeded, but not for all items of the request: the conversation group was created, but not all conversations were added to it. Thrown only with
 * the option `throwOnPartialFailure`.
 *
 * @example
 * ```ts
 * if (error instanceof PartialFailureError) for (const { pointer, ResultCode } of error.failures) console.error(pointer, ResultCode);
 * ```
 */
export class PartialFailureError<Operation extends ItemOperation = ItemOperation> extends ContactGroupsError {
  override readonly name = "PartialFailureError";
  declare readonly code: undefined;
  declare readonly operation: Operation;
  // Private, so that what prints an error prints no text of the service, which may repeat the URL.
  readonly #result: ItemResponse<Operation>;

  /** @param total Number of items that the response has. */
  constructor(operation: Operation, result: ItemResponse<Operation>, total: number) {
    const { failures }: { readonly failures: readonly { readonly ResultCode: number }[] } = result;
    const codes = new Set(failures.map(({ ResultCode }) => ResultCode));
    super(`${operation} failed for ${failures.length} of ${total} items: ${[...codes].join(", ")}`, operation, 1);
    this.#result = result;
  }

  /** The whole response, with what succeeded. */
  get result(): ItemResponse<Operation> {
    return this.#result;
  }

  /** The items that failed. */
  get failures(): readonly ItemFailure<Operation>[] {
    return this.#result.failures;
  }
}
