import {
  type ErrorCategory,
  type OperationId,
  errorDocuments,
  errorHints,
  errorKinds,
  errorPauses,
  errorTable,
} from "@contact-groups/openapi/model";
import { ApiError, ApplicationError, AuthError, RequestError, ThrottleError, TransientError } from "./api-error.ts";

/** The class of a category, and what it advises. */
const kinds: Readonly<Record<ErrorCategory, readonly [typeof ApiError, string]>> = {
  request: [RequestError, "Correct the request: it fails again unchanged."],
  auth: [AuthError, "Check sdkAppId, identifier and the key or UserSig."],
  throttle: [ThrottleError, "Call less often."],
  transient: [
    TransientError,
    "Try again later. Before you repeat a call that changes something, look whether the first one ran.",
  ],
  application: [ApplicationError, "Check the app's edition, status and settings in the console."],
};

/**
 * Makes the error for a failed call.
 *
 * @param docsUrl Base of a docs site with a page per code. Unless given, the error leads to the official document.
 */
export function toApiError(
  operation: OperationId,
  attempts: number,
  code: number,
  info: string,
  requestId: string | undefined,
  docsUrl: string | undefined,
): ApiError {
  const row = Number.isSafeInteger(code) ? new RegExp(`(?:^|;)${code} (\\w+) (\\d+) (\\d+)`).exec(errorTable) : null;
  const [, entryName, kind = -1, document = -1] = row ?? [];
  const [category, retry] = errorKinds[Number(kind)] ?? [];
  const [Class, advice] = category ? kinds[category] : [ApiError, ""];
  return new Class(operation, attempts, code, info, {
    entryName,
    category,
    retry,
    advice: entryName && errorHints[code] ? `${errorHints[code]} ${advice}` : advice,
    docsUrl:
      entryName && docsUrl !== undefined ? `${docsUrl}/errors/${code}/` : errorDocuments[Number(document)] || undefined,
    requestId,
    retryAfterMs: entryName && errorPauses[code] ? errorPauses[code] * 1000 : undefined,
  });
}
