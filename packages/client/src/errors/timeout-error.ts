import type { OperationId } from "@contact-groups/openapi/model";
import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * There was no answer in time: within `timeoutMs` of an attempt, or within `deadlineMs` of the whole call. The service may have
 * carried the call out.
 *
 * @example
 * ```ts
 * if (error instanceof TimeoutError) console.error(error.limit, error.ms);
 * ```
 */
export class TimeoutError extends ContactGroupsError {
  override readonly name = "TimeoutError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;
  /** The option that set the time: for each attempt, or for the whole call. */
  readonly limit: "timeoutMs" | "deadlineMs";
  /** The time allowed, in milliseconds. */
  readonly ms: number;

  constructor(operation: OperationId, attempts: number, limit: "timeoutMs" | "deadlineMs", ms: number) {
    super(`${operation} got no answer within the ${limit} of ${ms}`, operation, attempts, true);
    this.limit = limit;
    this.ms = ms;
  }
}
