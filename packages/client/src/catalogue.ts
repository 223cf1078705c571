/** Entry `@contact-groups/client/catalogue`: the error catalogue with all its texts. */
import { errors as errorCatalogue, type ErrorEntry } from "@contact-groups/openapi/model";

export { errorCatalogue };
export type { ErrorEntry, ErrorName, ErrorStatus, KnownErrorCode } from "@contact-groups/openapi/model";
export type { ErrorCategory, RetryAdvice } from "@contact-groups/openapi/model";

/**
 * What the error catalogue says about a code: its message, cause and fix. Undefined where it does not know the code.
 *
 * @param code `ErrorCode` or `ResultCode`.
 * @example
 * ```ts
 * import { explain } from "@contact-groups/client/catalogue";
 *
 * if (error instanceof ApiError) console.error(explain(error.code)?.fix);
 * ```
 * @see https://trtc.io/document/34348 Error Codes, 2025
 */
export function explain(code: number): ErrorEntry | undefined {
  const entries: Readonly<Record<number, ErrorEntry>> = errorCatalogue;
  return Object.hasOwn(entries, code) ? entries[code] : undefined;
}
