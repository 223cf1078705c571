import type { Redact } from "@contact-groups/core/redact";
import type { Failure } from "@contact-groups/openapi/bodies";
import { gateCode, type Operation } from "./operations.ts";
import type { Judgement } from "./prism.ts";
import type { Fault, RecordedAnswer } from "./record/exchange.ts";
import type { Examination } from "./request-checks.ts";

/** An answer, and what is remembered of it. */
export interface Chosen {
  readonly delivery: Delivery;
  readonly delayMs: number;
  readonly recorded: Omit<RecordedAnswer, "chosenBy">;
}

/** Chooses the answer: what was planned, else a refusal of a bad request, else the operation's first example. */
export function chooseAnswer(
  operation: Operation | undefined,
  examination: Examination,
  plan: Plan | undefined,
  redact: Redact,
): Chosen {
  const { reset = false, truncate, delayMs = 0, headers = {} } = plan ?? {};
  const content = plan?.content ?? byRequest(operation, examination, redact);
  const faults: Fault[] = [
    ...(delayMs > 0 ? ["delay" as const] : []),
    ...(reset ? ["reset" as const] : []),
    ...("status" in content ? ["status" as const] : []),
    ...(truncate === undefined ? [] : ["truncate" as const]),
  ];
  const verdict = examination.judgement ? verdictHeader(examination.judgement, redact) : {};
  const delivery =
    "status" in content
      ? proxyPage(content.status, headers)
      : answer(cut(JSON.stringify(content.body), truncate), { ...verdict, ...headers });
  const isWhole = "body" in content && !reset && truncate === undefined;
  return {
    delivery: reset ? { ...delivery, reset } : delivery,
    delayMs,
    recorded: {
      status: reset ? undefined : delivery.status,
      body: isWhole ? content.body : undefined,
      errorCode: isWhole ? codeOf(content.body) : undefined,
      example: "body" in content && !reset ? content.example : undefined,
      faults,
    },
  };
}

function byRequest(operation: Operation | undefined, { problems }: Examination, redact: Redact): Content {
  const [first] = problems;
  if (first || !operation) {
    const { code, text } = first ?? { code: gateCode("path"), text: "No operation has this path" };
    const others = first?.in === "body" ? problems.length - 1 : 0;
    const info = redact(others > 0 ? `${text} (and ${others} more)` : text);
    return { body: failure({ code, info }), example: undefined };
  }
  const [[example, body] = ["", undefined]] = Object.entries(operation.successes);
  return { body, example };
}

/** JSON cut off within its UTF-8 bytes, at a whole character. */
function cut(json: string | undefined, truncate: number | true | undefined): string {
  const text = json ?? "";
  if (truncate === undefined) return text;
  const bytes = Buffer.from(text);
  const kept = truncate === true ? Math.floor(bytes.byteLength / 2) : truncate;
  return new TextDecoder().decode(bytes.subarray(0, kept), { stream: true });
}

/** A reason to refuse a request, and its code. */
export interface Refusal {
  readonly code: number;
  readonly info: string;
}

type AnswerHeaders = Readonly<Record<string, string>>;

/** The headers of every answer: those of the service, and what a browser page needs to read the verdict. */
const serviceHeaders: AnswerHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "X-Requested-With",
  "Access-Control-Allow-Methods": "POST",
  "Access-Control-Expose-Headers": "Prism-Verdict",
};

/** Answers as the service does: HTTP 200, a JSON body, open to every origin. */
export function answer(json: string, headers: AnswerHeaders = {}): Delivery {
  return { status: 200, headers: { "Content-Type": "application/json", ...serviceHeaders, ...headers }, body: json };
}

/** The service's envelope for a failed call. */
export function failure({ code, info }: Refusal): Failure {
  return { ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: info };
}

/** The `ErrorCode` of a body of the service's, when it is a number. */
export function codeOf(body: unknown): number | undefined {
  const { ErrorCode: code } = Object(body) as Partial<Failure>;
  return typeof code === "number" ? code : undefined;
}

/** What a proxy in front of the service answers, which is not the service's. */
export function proxyPage(status: number, headers: AnswerHeaders): Delivery {
  const body = `<html>\r\n<head><title>${status}</title></head>\r\n<body>HTTP status ${status}</body>\r\n</html>\r\n`;
  return { status, headers: { "Content-Type": "text/html", ...serviceHeaders, ...headers }, body };
}

/** Lets a browser page call with a JSON body and a `Prefer` header, which the service itself does not. */
export function preflight(): Delivery {
  const allowed = { "Access-Control-Allow-Headers": "X-Requested-With, Content-Type, Prefer" };
  return { status: 204, headers: { ...serviceHeaders, ...allowed }, body: null };
}

/** A checked instruction. */
export interface Plan {
  /** What is answered; undefined when the request decides. */
  readonly content: Content | undefined;
  readonly reset: boolean;
  readonly truncate: number | true | undefined;
  readonly delayMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** A body of the service's, with the name that the description has for it, or an HTTP status without one. */
export type Content = { readonly body: unknown; readonly example: string | undefined } | { readonly status: number };

/** What the contract reads of a request. */
export interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly header: (name: string) => string | null;
  readonly body: AsyncIterable<Uint8Array> | string | null;
  /** Aborts a delayed answer. */
  readonly signal?: (() => AbortSignal | undefined) | undefined;
}

/** Answers a request. Rejects when the body breaks off or the caller gives up during a delay. */
export type Answer = (request: Incoming) => Promise<Delivery>;

/** An answer on its way out; each way of delivery carries it out as it can. */
export interface Delivery {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Breaks the connection instead. */
  readonly reset?: true;
}

/** Hands an answer over as `fetch` does. Throws what `fetch` throws when the connection is reset. */
export function toResponse({ status, headers, body, reset }: Delivery, date: () => string): Response {
  if (!reset) {
    const response = new Response(body, { status, headers });
    if (!response.headers.has("Date")) response.headers.set("Date", date());
    return response;
  }
  const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
  throw new TypeError("fetch failed", { cause });
}

/** Clients allow 16 KiB for all headers together. */
const longest = 4096;
const longestMessage = 200;

/**
 * Writes the `Prism-Verdict` header: what Prism makes of the original request and of its own answer, before this server turns it into
 * the service's envelope.
 *
 * `status` is the HTTP status that Prism would have answered: 200, 401, 404, 405 or 422. `violations` has one entry per broken rule, with
 * `location` beginning with `request` or `response`; `omitted` counts those that did not fit. The header is JSON in ASCII.
 */
export function verdictHeader(judgement: Judgement, redact: Redact): Readonly<Record<string, string>> {
  const violations = judgement.violations.slice(0, 20).map(({ location, code, message }) => ({
    location: location.map((part) => shorten(redact(part))),
    code,
    message: shorten(redact(message)),
  }));
  for (;;) {
    const omitted = judgement.violations.length - violations.length;
    const header = ascii(JSON.stringify({ status: judgement.status, violations, ...(omitted > 0 && { omitted }) }));
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
