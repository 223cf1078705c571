import type { Delivery } from "./delivery.ts";
import { answer, codeOf, failure, proxyPage } from "./envelope.ts";
import type { Examination } from "./examine.ts";
import type { Content, Plan } from "./next/plan.ts";
import { gateCode, type Operation } from "./operations.ts";
import type { Fault, RecordedAnswer } from "./record/exchange.ts";
import type { Redact } from "@contact-groups/core/redact";
import { verdictHeader } from "./verdict.ts";

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
