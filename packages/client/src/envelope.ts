import type { Failure } from "@contact-groups/openapi/bodies";
import { ProtocolError } from "./errors/protocol-error.ts";
import { toApiError } from "./errors/to-api-error.ts";
import type { OperationId } from "@contact-groups/openapi/model";
import type { Redactor } from "@contact-groups/core/redact";

/** Reads the body of an HTTP 200 answer: returns it if the call succeeded, throws an `ApiError` if it failed. */
export function readEnvelope(
  operation: OperationId,
  attempt: number,
  text: string,
  userSig: string,
  redact: Redactor,
  docsUrl: string | undefined,
): object {
  const body = parse(operation, attempt, redact.response(text, userSig));
  // Each field is checked before it is trusted: anything may answer in the service's place.
  const { ActionStatus, ErrorCode, ErrorInfo, RequestId }: { [Field in keyof Failure]?: unknown } = body;
  if (typeof ActionStatus !== "string") throw new ProtocolError(operation, attempt, "its body has no ActionStatus");
  if (typeof ErrorCode !== "number") throw new ProtocolError(operation, attempt, "its body has no ErrorCode");
  if (ActionStatus === "OK" && ErrorCode === 0) return body;
  const redacted = (value: unknown) => (typeof value === "string" ? redact.text(value) : undefined);
  throw toApiError(operation, attempt, ErrorCode, redacted(ErrorInfo) ?? "", redacted(RequestId), docsUrl);
}

function parse(operation: OperationId, attempt: number, text: string): object {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, so it is not kept as the cause.
    throw new ProtocolError(operation, attempt, text === "" ? "its body is empty" : "its body is not JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new ProtocolError(operation, attempt, "its body is not a JSON object");
  return body;
}
