import { explain, ownKeywords } from "../field-violations.ts";
import { judge, type JudgeOptions } from "../judge/judge.ts";
import type { Violation } from "../judge/violation.ts";
import { operations } from "../operations.ts";
import type { AnswerJudge } from "../prism.ts";
import type { Exchange } from "./exchange.ts";

/** An answer that is not as the description says: the mistake of the provider, or of the description. */
export interface AnswerFinding extends AnswerProblem {
  /** Place of the call in the recording, from 0. */
  readonly call: number;
  readonly operation: string | undefined;
}

export interface CheckReport {
  readonly calls: number;
  /** Calls without an answer of the service's: nothing is said of their answers. */
  readonly lost: number;
  /** What the consumer did wrong. */
  readonly violations: readonly Violation[];
  /** What the provider did wrong. */
  readonly answers: readonly AnswerFinding[];
}

/**
 * Judges both sides of recorded calls against the description.
 *
 * @param exchanges The calls of one recording, in the order of time.
 * @param prism Judges the answers; the requests have been judged when they were recorded.
 * @param options Rules that are not applied to the consumer. Throws a `TypeError` when one does not exist.
 */
export async function checkExchanges(
  exchanges: readonly Exchange[],
  prism: AnswerJudge,
  options: JudgeOptions = {},
): Promise<CheckReport> {
  const answers: AnswerFinding[] = [];
  for (const exchange of exchanges) {
    const { index: call, operation } = exchange;
    for (const problem of await checkAnswer(exchange, prism)) answers.push({ call, operation, ...problem });
  }
  const lost = exchanges.filter((exchange) => isLost(exchange)).length;
  return { calls: exchanges.length, lost, violations: judge(exchanges, options), answers };
}

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

/** The report for a terminal: a paragraph for each finding, then the counts. */
export function checkText(report: CheckReport, skipped: ReadonlyMap<string, number>): string {
  const { calls, lost, violations, answers } = report;
  const paragraphs = [
    ...violations.map(
      ({ call, operation, rule, message, fix, docs }) =>
        `call ${call} ${operation ?? "(no operation)"} [${rule}]\n  ${message}.\n  Fix: ${fix}\n  See: ${docs}`,
    ),
    ...answers.map(({ call, operation, rule, text }) => `answer to call ${call} ${operation} [${rule}]\n  ${text}.`),
  ];
  const others = [...skipped.values()].reduce((sum, times) => sum + times, 0);
  const counts = [
    `${count(calls, "call")} judged: ${count(violations.length, "violation")} by the consumer, ${count(answers.length, "mistake")} in answers.`,
    ...(lost > 0 ? [`${count(lost, "call")} got no answer of the service.`] : []),
    ...(others > 0
      ? [`${count(others, "other entry", "other entries")} skipped: ${[...skipped.keys()].join(", ")}.`]
      : []),
  ];
  return `${[...paragraphs, counts.join("\n")].join("\n\n")}\n`;
}

function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
