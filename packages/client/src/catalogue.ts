/** Entry `@contact-groups/client/catalogue`: the error catalogue with all its texts. */
import { errors, type ErrorEntry } from "@contact-groups/openapi/model";

export type { ErrorEntry, KnownErrorCode } from "@contact-groups/openapi/model";

/**
 * All entries of the error catalogue, by code.
 *
 * @example
 * ```ts
 * import { errorCatalogue } from "@contact-groups/client/catalogue";
 *
 * console.log(errorCatalogue[51010].name, errorCatalogue[51010].fix);
 * ```
 */
export const errorCatalogue: typeof errors = errors;

/**
 * Returns the entry of a code in the error catalogue: its message, cause and fix. Undefined for a code that is not listed.
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
