import type { OperationId } from "@contact-groups/openapi/model";
import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * The answer has HTTP status 200, but is not what the service sends: its body is not JSON, or lacks what every body of the service
 * has, or its pages do not advance, or it has more bytes than `maxResponseBytes`. A proxy or a wrong host answered.
 *
 * @example
 * ```ts
 * if (error instanceof ProtocolError) console.error("is baseUrl right?", error.message);
 * ```
 */
export class ProtocolError extends ContactGroupsError {
  override readonly name = "ProtocolError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;

  /** @param found What the body is or lacks. The body itself stays out of it: it may repeat the URL. */
  constructor(operation: OperationId, attempts: number, found: string) {
    super(`${operation} was answered with HTTP status 200, but ${found}`, operation, attempts);
  }
}
