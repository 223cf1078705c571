import type { OperationId } from "@contact-groups/openapi/model";

/**
 * Base class of everything this package throws, except an `AbortSignal`'s own reason and what a middleware throws. No error holds a
 * UserSig, a secret key or a URL with a query.
 *
 * @example
 * ```ts
 * import { ContactGroupsError } from "@contact-groups/client";
 *
 * try {
 *   await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
 * } catch (error) {
 *   if (error instanceof ContactGroupsError) console.error(error.message, error.retryable);
 *   else throw error;
 * }
 * ```
 */
export abstract class ContactGroupsError extends Error {
  /** Name of the class. */
  abstract override readonly name: string;
  /** `ErrorCode` of the service, where there is one. */
  readonly code: number | undefined;
  /** The operation that was called; undefined for a wrong option. */
  readonly operation: OperationId | undefined;
  /** How often the call was sent; 0 if it was refused before. */
  readonly attempts: number;
  /** Whether the same call can succeed later. For a call that changes something and may have run, look before you repeat it. */
  readonly retryable: boolean;

  constructor(
    message: string,
    operation?: OperationId,
    attempts: number = 0,
    retryable: boolean = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.operation = operation;
    this.attempts = attempts;
    this.retryable = retryable;
  }
}
