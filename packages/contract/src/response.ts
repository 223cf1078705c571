import { toInteger } from "@contact-groups/core/json";
import type { Redact } from "@contact-groups/core/redact";
import type { Failure } from "@contact-groups/openapi/bodies";
import { defaultResponse } from "./default-response.ts";
import type { HeaderFields, ResponseMessage } from "./message.ts";
import { checkCode, type ApiOperation } from "./operations.ts";
import type { RecordedResponse, RecordedViolation } from "./record/exchange.ts";
import { sessionHeader } from "./session-address.ts";
import type { CheckedRequest } from "./request-checks.ts";
import type { PrismVerdict } from "./prism.ts";

/** A response, and what is recorded of it. */
export interface ChosenResponse {
  readonly response: OutgoingResponse;
  readonly delayMs: number;
  readonly recorded: Omit<RecordedResponse, "chosenBy" | "headers" | "violations">;
}

/** Chooses the response: the planned one, else the failure of an invalid request, else the default one. */
export function chooseResponse(
  operation: ApiOperation | undefined,
  checked: CheckedRequest,
  plan: Plan | undefined,
  body: unknown,
  redact: Redact,
): ChosenResponse {
  const { reset = false, truncate, delayMs = 0, headers = {} } = plan ?? {};
  const content = plan?.content ?? byRequest(operation, checked, body, redact);
  const faults: RecordedResponse["faults"] = [
    ...(delayMs > 0 ? ["delay" as const] : []),
    ...(reset ? ["reset" as const] : []),
    ...("status" in content ? ["status" as const] : []),
    ...(truncate === undefined ? [] : ["truncate" as const]),
  ];
  const verdict = checked.verdict ? verdictHeader(checked.verdict, redact) : {};
  const response =
    "status" in content
      ? proxyPage(content.status, headers)
      : jsonResponse(cut(JSON.stringify(content.body), truncate), { ...verdict, ...headers });
  const isWhole = "body" in content && !reset && truncate === undefined;
  return {
    response: reset ? { ...response, reset } : response,
    delayMs,
    recorded: {
      status: reset ? undefined : response.status,
      body: isWhole ? content.body : undefined,
      errorCode: isWhole ? codeOf(content.body) : undefined,
      example: "body" in content && !reset ? content.example : undefined,
      faults,
    },
  };
}

function byRequest(
  operation: ApiOperation | undefined,
  { violations }: CheckedRequest,
  body: unknown,
  redact: Redact,
): Content {
  const rejected = violations.filter(isRejected);
  const [first] = rejected;
  if (first || !operation) {
    const { code, message } = first ?? { code: checkCode("path"), message: "No operation has this path" };
    const others = first?.in === "body" ? rejected.length - 1 : 0;
    const info = redact(others > 0 ? `${message} (and ${others} more)` : message);
    return { body: failure({ code, info }), example: undefined };
  }
  return defaultResponse(operation, body);
}

function isRejected(violation: RecordedViolation): violation is RecordedViolation & { readonly code: number } {
  return violation.code !== undefined;
}

/** Cuts JSON off within its UTF-8 bytes, at a whole character. */
function cut(json: string | undefined, truncate: number | true | undefined): string {
  const text = json ?? "";
  if (truncate === undefined) return text;
  const bytes = Buffer.from(text);
  const kept = truncate === true ? Math.floor(bytes.byteLength / 2) : truncate;
  return new TextDecoder().decode(bytes.subarray(0, kept), { stream: true });
}

/** The code and the text of a failure. */
export interface Rejection {
  readonly code: number;
  readonly info: string;
}

type ResponseHeaders = Readonly<Record<string, string>>;

/** The headers of every response: those of the service, and what a web page needs to read the verdict. */
const serviceHeaders: ResponseHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "X-Requested-With",
  "Access-Control-Allow-Methods": "POST",
  "Access-Control-Expose-Headers": "Prism-Verdict",
};

/** Creates a response as the service does: HTTP 200, a JSON body, open to every origin. */
export function jsonResponse(json: string, headers: ResponseHeaders = {}): OutgoingResponse {
  return toOutgoing(200, { "Content-Type": "application/json", ...serviceHeaders, ...headers }, json);
}

/** Creates the service's envelope for a failed call. */
export function failure({ code, info }: Rejection): Failure {
  return { ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: info };
}

/** Returns the `ErrorCode` of the service's body, also one that was sent as text. It alone says whether the call succeeded. */
export function codeOf(body: unknown): number | undefined {
  const code = toInteger((Object(body) as Partial<Failure>).ErrorCode);
  return Number.isNaN(code) ? undefined : code;
}

/** Creates the response of a proxy in front of the service. */
export function proxyPage(status: number, headers: ResponseHeaders): OutgoingResponse {
  const body = `<html>\r\n<head><title>${status}</title></head>\r\n<body>HTTP status ${status}</body>\r\n</html>\r\n`;
  return toOutgoing(status, { "Content-Type": "text/html", ...serviceHeaders, ...headers }, body);
}

/** Lets a browser page call with a JSON body and a `Prefer` header, which the service itself does not. */
export function preflight(): OutgoingResponse {
  const allowed = { "Access-Control-Allow-Headers": `X-Requested-With, Content-Type, Prefer, ${sessionHeader}` };
  return toOutgoing(204, { ...serviceHeaders, ...allowed }, "");
}

/** A planned response after its check. */
export interface Plan {
  /** The content; undefined when the request decides. */
  readonly content: Content | undefined;
  readonly reset: boolean;
  readonly truncate: number | true | undefined;
  readonly delayMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** A body of the service with its name in the description, or an HTTP status without a body. */
export type Content = { readonly body: unknown; readonly example: string | undefined } | { readonly status: number };

/** A request before it is read. */
export interface IncomingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body: AsyncIterable<Uint8Array> | null;
  /** Aborts a delayed response. */
  readonly signal?: (() => AbortSignal | undefined) | undefined;
}

/** Responds to a request. Rejects when the connection ends before the body, or the caller aborts a delay. */
export type Responder = (request: IncomingRequest) => Promise<OutgoingResponse>;

/** A response before it is sent through a socket or `fetch`. */
export interface OutgoingResponse extends ResponseMessage {
  /** Breaks the connection instead. */
  readonly reset?: true;
}

/** Creates a response. Header names are case-insensitive, the last field of a name wins, and the length is that of the body. */
export function toOutgoing(status: number, fields: ResponseHeaders, body: string): OutgoingResponse {
  const byName = new Map(Object.entries(fields).map((field) => [field[0].toLowerCase(), field]));
  byName.delete("content-length");
  return { status, headers: [...byName.values()], body: Buffer.from(body) };
}

/** Clients allow 16 KiB for all headers together. */
const longest = 4096;
const longestMessage = 200;

/**
 * Writes the `Prism-Verdict` header: Prism's verdict on the request and on its own response, before this server turns it into the
 * service's envelope.
 *
 * `status` is the HTTP status that Prism would send: 200, 401, 404, 405 or 422. `violations` has one entry per broken rule, with
 * `location` beginning with `request` or `response`; `omitted` counts those that did not fit. The header is JSON in ASCII.
 */
export function verdictHeader(verdict: PrismVerdict, redact: Redact): Readonly<Record<string, string>> {
  const violations = verdict.violations.slice(0, 20).map(({ location, code, message }) => ({
    location: location.map((part) => shorten(redact(part))),
    code,
    message: shorten(redact(message)),
  }));
  for (;;) {
    const omitted = verdict.violations.length - violations.length;
    const header = ascii(JSON.stringify({ status: verdict.status, violations, ...(omitted > 0 && { omitted }) }));
    if (header.length <= longest || violations.length === 0) return { "Prism-Verdict": header };
    violations.pop();
  }
}

function shorten(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}...` : text;
}

function ascii(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
