import type { Failure } from "@contact-groups/openapi/bodies";
import type { Delivery } from "./delivery.ts";

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
