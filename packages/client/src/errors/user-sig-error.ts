import type { OperationId } from "@contact-groups/openapi/model";
import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * The UserSig could not be had: the function given as `userSig` failed, or the runtime could not sign. Nothing was sent by this
 * attempt. `cause` is what it threw, without credentials.
 *
 * @example
 * ```ts
 * if (error instanceof UserSigError) console.error("the key store does not answer:", error.cause);
 * ```
 */
export class UserSigError extends ContactGroupsError {
  override readonly name = "UserSigError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;

  /** @param cause What was thrown, already free of credentials. */
  constructor(operation: OperationId, attempts: number, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : "the function given as userSig gave no text";
    super(`${operation} could not be signed: ${reason}`, operation, attempts, false, { cause });
  }
}
