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
export function answer(body: unknown, headers: AnswerHeaders = {}): Response {
  return new Response(JSON.stringify(body), {
    status: 200,
    headers: { "Content-Type": "application/json", ...serviceHeaders, ...headers },
  });
}

/** The service's envelope for a failed call. */
export function fail({ code, info }: Refusal, headers?: AnswerHeaders): Response {
  return answer({ ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: info }, headers);
}

/** Lets a browser page call with a JSON body and a `Prefer` header, which the service itself does not. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: { ...serviceHeaders, "Access-Control-Allow-Headers": "X-Requested-With, Content-Type, Prefer" },
  });
}
