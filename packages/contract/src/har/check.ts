import { judge, type JudgeOptions } from "../judge/judge.ts";
import type { Violation } from "../judge/violation.ts";
import type { AnswerJudge } from "../prism.ts";
import type { Exchange } from "../record/exchange.ts";
import { checkAnswer, isLost, type AnswerProblem } from "./check-answer.ts";

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
