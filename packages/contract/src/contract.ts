import { readBody } from "./body.ts";
import { answer, fail, preflight, type Refusal } from "./envelope.ts";
import { checkBody, checkExample, checkLargeBody, checkSize, checkSyntax, route } from "./gate.ts";
import { preferredExample } from "./prefer.ts";
import type { Judgement, Prism } from "./prism.ts";
import { checkQuery, credentials, multimap } from "./query.ts";
import { redaction } from "./redact.ts";
import { verdictHeader } from "./verdict.ts";

/** What the contract reads of a request. A `Request` is one. */
export interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** Answers a request. Rejects only when the body breaks off. */
export type Contract = (request: Incoming) => Promise<Response>;

/**
 * Makes the function from request to answer. A request meets the files in this order: gate (path, method), query, body and gate
 * (size, syntax), prism, gate (body), envelope. A `Prefer` header is obeyed once path and method are right, whatever else is wrong.
 */
export function createContract(prism: Prism, maxBodyBytes: number): Contract {
  return async (request) => {
    if (request.method === "OPTIONS" && request.headers.has("Access-Control-Request-Method")) return preflight();
    const { pathname: path, searchParams: query } = new URL(request.url);
    const redact = redaction(credentials(query));
    const verdict = (judgement: Judgement | undefined) => judgement && verdictHeader(judgement, redact);
    const refuse = ({ code, info }: Refusal, judgement?: Judgement) =>
      fail({ code, info: redact(info) }, verdict(judgement));
    const asked = { method: request.method, path, query: multimap(query) };

    const operation = route(path, request.method);
    if ("code" in operation) return refuse(operation, await prism.judge({ ...asked, body: undefined }));

    const body = await readBody(request.body, request.headers.get("Content-Length"), maxBodyBytes);
    const unreadable = checkSize(body, maxBodyBytes) ?? checkSyntax(body) ?? checkLargeBody(operation, body);
    const whole = { ...asked, body: body.kind === "json" ? body.value : undefined };
    const name = preferredExample(request.headers.get("Prefer"));
    const judgement = unreadable && body.kind !== "empty" ? undefined : await prism.judge(whole, name);

    if (name !== undefined) {
      const chosen = judgement?.status === 200 ? judgement : await prism.example(whole, name);
      const missing = checkExample(operation, name, chosen);
      return missing
        ? refuse(missing, judgement)
        : answer(chosen.body, verdict(judgement && withResponse(judgement, chosen)));
    }
    const refusal =
      checkQuery(operation.query, query) ?? unreadable ?? (judgement && checkBody(operation, whole.body, judgement));
    return refusal ? refuse(refusal, judgement) : answer(judgement?.body, verdict(judgement));
  };
}

/** The judgement of a request, with what is wrong with an answer that was chosen despite it. */
function withResponse(judgement: Judgement, chosen: Judgement): Judgement {
  if (chosen === judgement) return judgement;
  const ofResponse = chosen.violations.filter(({ location }) => location[0] === "response");
  return { ...judgement, violations: [...judgement.violations, ...ofResponse] };
}
