import type { OkBody, ResponseBody } from "./bodies.ts";
import { ApiError } from "./errors/api-error.ts";
import { ProtocolError } from "./errors/protocol-error.ts";
import type { OperationId } from "./generated/operations.ts";
import type { Redactor } from "./redact.ts";

type Envelope = Pick<ResponseBody<OperationId>, "ActionStatus" | "ErrorCode" | "ErrorInfo">;

/** Reads the body of an HTTP 200 answer: returns it if the call succeeded, throws an `ApiError` if it failed. */
export function readEnvelope<Operation extends OperationId>(
  operation: Operation,
  text: string,
  redact: Redactor,
): OkBody<Operation> {
  const body = parse(operation, text);
  // Each field is checked before it is trusted: anything may answer in the service's place.
  const { ActionStatus, ErrorCode, ErrorInfo }: { [Field in keyof Envelope]?: unknown } = body;
  if (typeof ActionStatus !== "string") throw new ProtocolError(operation, "its body has no ActionStatus");
  if (typeof ErrorCode !== "number") throw new ProtocolError(operation, "its body has no ErrorCode");
  if (ActionStatus !== "OK" || ErrorCode !== 0) {
    throw new ApiError(operation, ErrorCode, typeof ErrorInfo === "string" ? redact.text(ErrorInfo) : "");
  }
  return body as OkBody<Operation>;
}

function parse(operation: OperationId, text: string): object {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, so it is not kept as the cause.
    throw new ProtocolError(operation, text === "" ? "its body is empty" : "its body is not JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new ProtocolError(operation, "its body is not a JSON object");
  return body;
}
