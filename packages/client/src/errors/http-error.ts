import type { OperationId } from "@contact-groups/openapi/model";
import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * The answer's HTTP status is not 200, so it is not the service's: it answers 200 also for failures. A proxy, a gateway or a
 * wrong host answered. Redirects are not followed.
 *
 * @example
 * ```ts
 * if (error instanceof HttpError && error.status === 502) console.error("try again later");
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export class HttpError extends ContactGroupsError {
  override readonly name = "HttpError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;
  /** HTTP status. 0 in a browser when the answer was a redirect. */
  readonly status: number;

  constructor(operation: OperationId, attempts: number, status: number) {
    const message = `${operation} was answered with HTTP status ${status}; the service itself always answers 200`;
    super(message, operation, attempts, status >= 500 || status === 429);
    this.status = status;
  }
}
