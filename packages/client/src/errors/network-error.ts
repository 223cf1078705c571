import type { OperationId } from "@contact-groups/openapi/model";
import { ContactGroupsError } from "./contact-groups-error.ts";

/**
 * There was no complete answer: no connection, or it was lost. The service may have carried the call out.
 *
 * `cause` is what `fetch` threw. Where that held the URL or a credential, it is a copy without them.
 *
 * @example
 * ```ts
 * if (error instanceof NetworkError) console.error(error.message, error.cause);
 * ```
 */
export class NetworkError extends ContactGroupsError {
  override readonly name = "NetworkError";
  declare readonly code: undefined;
  declare readonly operation: OperationId;

  /** @param cause What `fetch` threw, already free of credentials. */
  constructor(operation: OperationId, attempts: number, cause: unknown) {
    super(`${operation} got no complete answer: ${reason(cause)}`, operation, attempts, true, { cause });
  }
}

/** The innermost cause says most: `fetch failed` has `ECONNREFUSED` in its cause. */
function reason(cause: unknown, depth = 0): string {
  if (!(cause instanceof Error)) return typeof cause === "string" ? cause : "fetch failed";
  if (cause.cause instanceof Error && depth < 8) return reason(cause.cause, depth + 1);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  if (code !== undefined && !cause.message.includes(code)) return [code, cause.message].filter(Boolean).join(": ");
  return cause.message || cause.name;
}
