/** Reads the body of a response with HTTP status 200: the result of a call, or the `ApiError` of its code. */
import type { Failure } from "@contact-groups/openapi/bodies";
import {
  errorDocuments,
  errorHints,
  errorKinds,
  errorPauses,
  errorTable,
  type ErrorCategory,
  type ErrorName,
} from "@contact-groups/openapi/model";
import { kind } from "@contact-groups/core/arguments";
import { parseJson, toInteger } from "@contact-groups/core/json";
import type { Redactor } from "@contact-groups/core/redact";
import { namesOn, valueAt, type Endpoint, type UntrustedObject } from "./declared.ts";
import {
  ApiError,
  ApplicationError,
  AuthError,
  ProtocolError,
  RequestError,
  ThrottleError,
  TransientError,
} from "./errors.ts";
import { describe, metadataOf, shownHeaders } from "./metadata.ts";
import type { TransportResponse } from "./transport.ts";

/**
 * Reads the envelope of a body. `ErrorCode` alone decides whether the call succeeded: `ActionStatus` and `ErrorInfo` may be missing, and where
 * `ActionStatus` says otherwise, it does not count.
 *
 * @returns The body, if the call succeeded; its `ErrorCode` is a number, also where it was sent as text.
 * @throws `ApiError` if the call failed; `ProtocolError` if the body is not one of the service.
 */
export function readEnvelope(
  operation: Endpoint,
  response: TransportResponse,
  userSig: string,
  redact: Redactor,
  docsUrl: string | undefined,
  renewable: boolean,
): object {
  const wrong = (found: string) => new ProtocolError(operation, found, shownHeaders(response.headers, redact));
  const body = parse(redact.response(response.text, userSig), wrong);
  // Each field is checked before it is trusted: another host may have responded.
  const { ErrorCode, ErrorInfo, RequestId }: { [Field in keyof Failure]?: unknown } = body;
  const code = toInteger(ErrorCode);
  if (Number.isNaN(code)) {
    const found =
      ErrorCode === undefined ? "its body has no ErrorCode" : `its ErrorCode is ${kind(ErrorCode)}, not an integer`;
    throw wrong(found);
  }
  if (code === 0) return ErrorCode === code ? body : { ...body, ErrorCode: code };
  const redacted = (value: unknown) => (typeof value === "string" ? redact.text(value) : undefined);
  throw toApiError(operation, code, redacted(ErrorInfo) ?? "", redacted(RequestId), docsUrl, renewable);
}

/**
 * Returns whether the body of a response is of a call that succeeded: whether its `ErrorCode` is 0, also as text. It narrows the bodies that another
 * HTTP client received; the methods of this client throw an `ApiError` for a failure.
 *
 * @example
 * ```ts
 * const body: ResponseBody<"getContactGroup"> = await response.json();
 * if (isSuccess(body)) console.log(body.ContactItem?.length);
 * else console.error(body.ErrorCode, body.ErrorInfo);
 * ```
 * @see https://github.com/TencentCloud/tencentcloud-im-sdk-java tencentcloud-im-sdk-java 1.0.7, which requires `ErrorCode` alone, 2022-07-27
 */
export function isSuccess<Body extends { readonly ErrorCode: number }>(
  body: Body,
): body is Extract<Body, { readonly ErrorCode: 0 }> {
  return toInteger(body.ErrorCode) === 0;
}

function parse(text: string, wrong: (found: string) => ProtocolError): object {
  let body: unknown;
  try {
    body = parseJson(text);
  } catch {
    // The parser's own message quotes the body, so it is not kept as the cause.
    throw wrong(text === "" ? "its body is empty" : "its body is not JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw wrong("its body is not a JSON object");
  return body;
}

/** The class and the advice of each category. */
const kinds: Readonly<Record<ErrorCategory, readonly [typeof ApiError, string]>> = {
  request: [RequestError, "Correct the request: it fails again unchanged."],
  auth: [AuthError, "Check sdkAppId, identifier and the key or UserSig."],
  throttle: [ThrottleError, "Call less often."],
  transient: [TransientError, "Try again later. Before you retry a call that changes something, check whether it ran."],
  application: [ApplicationError, "Check the app's edition, status and settings in the console."],
};

/**
 * Creates the error for the code of a failed call.
 *
 * @param docsUrl Base URL of a docs site with a page for each code. Without it, the error links to the official document.
 * @param renewable Whether a later attempt has another UserSig.
 */
export function toApiError(
  operation: Endpoint,
  code: number,
  info: string,
  requestId: string | undefined,
  docsUrl: string | undefined,
  renewable: boolean,
): ApiError {
  const row = Number.isSafeInteger(code) ? new RegExp(`(?:^|;)${code} (\\w+) (\\d+) (\\d+)`).exec(errorTable) : null;
  const [, name, kindOf = -1, document = -1] = row ?? [];
  const entryName = name as ErrorName | undefined;
  const [category, retry] = errorKinds[Number(kindOf)] ?? [];
  const [Class, advice] = category ? kinds[category] : [ApiError, ""];
  return new Class(operation, code, info, {
    entryName,
    category,
    retry,
    retryable: retry !== undefined && retry !== "never" && (renewable || retry !== "refresh-usersig"),
    advice: entryName && errorHints[code] ? `${errorHints[code]} ${advice}` : advice,
    docsUrl:
      entryName && docsUrl !== undefined ? `${docsUrl}/errors/${code}/` : errorDocuments[Number(document)] || undefined,
    requestId,
    retryAfterMs: entryName && errorPauses[code] ? errorPauses[code] * 1000 : undefined,
  });
}

/**
 * Reads a list of objects of a response, or of texts where `ofTexts` allows them. A missing list is empty, as the official web SDK reads it.
 *
 * @throws `ProtocolError` if it is anything else: an invalid list must not count as an empty one.
 */
export function readList<Item extends object>(
  operation: Endpoint,
  owner: { readonly [Field in string]?: unknown },
  field: string,
  ofTexts: boolean = false,
  response: object = owner,
): readonly Item[] {
  const list = owner[field] ?? [];
  if (
    !Array.isArray(list) ||
    list.some((item) => (typeof item !== "object" || item === null) && !(ofTexts && typeof item === "string"))
  )
    throw describe(new ProtocolError(operation, `its ${field} is not a list of objects`), metadataOf(response));
  return list as Item[];
}

/** Returns a list at a path such as `/UpdateGroupResult/ContactResultItem`; an absent one is empty. */
export function readListAt(
  operation: Endpoint,
  response: UntrustedObject,
  path: string,
  ofTexts: boolean = false,
  whole: object = response,
): readonly UntrustedObject[] {
  const names = namesOn(path);
  const owner = valueAt(response, names.slice(0, -1)) ?? {};
  return readList<UntrustedObject>(operation, owner as UntrustedObject, names.at(-1)!, ofTexts, whole);
}
