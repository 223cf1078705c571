/** The errors of calls for several items, some of which have a result. */
import type {
  BatchItem,
  BatchOperation,
  ItemFailure,
  ItemOperation,
  ItemResponse,
  OperationResult,
} from "../declared.ts";
import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * The call succeeded, but not for all items of the request: some conversations were not added, changed, marked or looked up. It is thrown only with the
 * option `throwOnPartialFailure`.
 *
 * @example
 * ```ts
 * if (error instanceof PartialFailureError) for (const { pointer, ResultCode } of error.failures) console.error(pointer, ResultCode);
 * ```
 */
export class PartialFailureError<Operation extends ItemOperation = ItemOperation> extends ContactGroupsError {
  protected static override readonly id: string = "PartialFailureError";
  /** Narrows to the errors of all operations. Their `operation` discriminates `result` and `failures`. */
  static override [Symbol.hasInstance](value: unknown): value is EachOf<PartialFailureErrors> {
    return super[Symbol.hasInstance](value);
  }

  declare readonly name: "PartialFailureError";
  override readonly kind = "partial-failure";
  declare readonly code: undefined;
  declare readonly operation: Operation;
  // Private, so that printing an error prints no text of the service, which may repeat the URL.
  readonly #result: ItemResponse<Operation>;

  /** @param total Number of items that the response has. */
  constructor(operation: Operation, result: ItemResponse<Operation>, total: number) {
    const { failures }: { readonly failures: readonly { readonly ResultCode: number }[] } = result;
    const codes = new Set(failures.map(({ ResultCode }) => ResultCode));
    super(`${operation} failed for ${failures.length} of ${total} items: ${[...codes].join(", ")}`, operation);
    this.#result = result;
  }

  /** The whole response, with the items that succeeded. */
  get result(): ItemResponse<Operation> {
    return this.#result;
  }

  /** The items that failed. */
  get failures(): readonly ItemFailure<Operation>[] {
    return this.#result.failures;
  }
}

/**
 * A long list was sent in parts, and some of them failed. The error has the results of the others. Its `code`, `retryable` and `excerpt` are those of
 * the `cause`, the error of the first part that failed; `attempts` counts the requests of all parts. Where no part has a result, that error itself is
 * thrown instead.
 *
 * @example
 * ```ts
 * if (error instanceof BatchError && error.operation === "searchContactGroup") {
 *   console.error(error.cause.message, error.partial.ContactResultItem.length);
 *   const rest = await client.searchContactGroup({ From_Account: "user15", ContactItem: [...error.missing] });
 * }
 * ```
 */
export class BatchError<Operation extends BatchOperation = BatchOperation> extends ContactGroupsError {
  protected static override readonly id: string = "BatchError";
  /** Narrows to the errors of all operations. Their `operation` discriminates `partial` and `missing`. */
  static override [Symbol.hasInstance](value: unknown): value is EachOf<BatchErrors> {
    return super[Symbol.hasInstance](value);
  }

  declare readonly name: "BatchError";
  override readonly kind = "batch";
  declare readonly operation: Operation;
  declare readonly cause: ContactGroupsError;
  override readonly code: number | undefined;
  // Private, so that printing an error does not print thousands of items.
  readonly #partial: OperationResult<Operation>;
  readonly #missing: readonly BatchItem<Operation>[];
  readonly #resume: string;

  /** @param total Number of items sent, each counted once. */
  constructor(
    operation: Operation,
    cause: ContactGroupsError,
    partial: OperationResult<Operation>,
    missing: readonly BatchItem<Operation>[],
    total: number,
    resume: string,
  ) {
    super(
      `${operation} has no result for ${missing.length} of ${total} items (see missing and partial): ${cause.message}`,
      operation,
      cause.retryable,
      { cause },
    );
    this.code = cause.code;
    const { retryAfterMs, excerpt } = cause;
    Object.assign(this, retryAfterMs !== undefined && { retryAfterMs }, excerpt !== undefined && { excerpt });
    this.#partial = partial;
    this.#missing = missing;
    this.#resume = resume;
  }

  /** The results of the parts that succeeded, in the order of the request, with the `failures` of these parts where single items can fail. */
  get partial(): OperationResult<Operation> {
    return this.#partial;
  }

  /** The items that no part returned a result for, each once. */
  get missing(): readonly BatchItem<Operation>[] {
    return this.#missing;
  }

  /** Give it as `resume` to the same call, also in another process, to send only what is missing. The result is then that of the missing items. */
  get resume(): string {
    return this.#resume;
  }
}

type PartialFailureErrors = { readonly [Operation in ItemOperation]: PartialFailureError<Operation> };
type BatchErrors = { readonly [Operation in BatchOperation]: BatchError<Operation> };
type EachOf<Errors> = Errors[keyof Errors];
