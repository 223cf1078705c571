import { explain, ownKeywords } from "../explain.ts";
import { operations } from "../operations.ts";
import type { AnswerJudge } from "../prism.ts";
import type { Exchange } from "../record/exchange.ts";

/** What is wrong with an answer. */
export interface AnswerProblem {
  /** JSON pointer inside the body. */
  readonly pointer: string;
  /** The broken keyword, or `status` or `syntax`. */
  readonly rule: string;
  readonly text: string;
}

/** Whether the service did not answer at all: a lost connection, or the status of something that stands in front of it. */
export function isLost({ answer }: Exchange): boolean {
  return answer.status === undefined || answer.status >= 500 || answer.faults.some((fault) => fault !== "delay");
}

/** Judges the answer to a call of an operation. Prism says whether it is right, and the check of the fields in which words it is wrong. */
export async function checkAnswer(exchange: Exchange, prism: AnswerJudge): Promise<readonly AnswerProblem[]> {
  const operation = operations.find(({ operationId }) => operationId === exchange.operation);
  const { status, body } = exchange.answer;
  if (!operation || isLost(exchange)) return [];
  if (status !== 200) {
    return [
      { pointer: "", rule: "status", text: `The HTTP status is ${status}; the service answers 200 to everything` },
    ];
  }
  if (body === undefined) return [{ pointer: "", rule: "syntax", text: "The body is not JSON" }];
  const { method, path } = operation;
  const violations = await prism.judgeAnswer({ method, path, query: {}, body: undefined }, { status, body });
  if (violations.length === 0) return [];
  const reasons = explain(operation.response, body, true).filter(({ keyword }) => !ownKeywords.includes(keyword));
  if (reasons.length > 0) return reasons.map(({ pointer, keyword, text }) => ({ pointer, rule: keyword, text }));
  return violations.map(({ location, code, message }) => ({
    pointer: location
      .slice(2)
      .map((token) => `/${token}`)
      .join(""),
    rule: code,
    text: message,
  }));
}
