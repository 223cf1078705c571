import { judge, type JudgeOptions } from "../judge/judge.ts";
import type { Violation } from "../judge/violation.ts";
import type { Exchange } from "./exchange.ts";

export interface CheckReport {
  readonly calls: number;
  /** Calls without a response from the service. */
  readonly lost: number;
  /** Violations by requests and by responses. */
  readonly violations: readonly Violation[];
}

/**
 * Judges the requests and the responses of recorded calls.
 *
 * @param exchanges The calls of one recording, in the order of time.
 * @param options Rules to ignore. Throws a `TypeError` for an unknown rule.
 */
export function checkExchanges(
  exchanges: readonly Exchange[],
  options: Pick<JudgeOptions, "ignore"> = {},
): CheckReport {
  const lost = exchanges.filter((exchange) => isLost(exchange));
  const violations = judge(exchanges, { ...options, sides: ["request", "response"] }).filter(
    ({ side, call }) => side === "request" || !lost.some(({ index }) => index === call),
  );
  return { calls: exchanges.length, lost: lost.length, violations };
}

/** Whether there is no response from the service: a lost connection, or a status of something in front of it. */
function isLost({ response }: Exchange): boolean {
  return response.status === undefined || response.status >= 500 || response.faults.some((fault) => fault !== "delay");
}

/** Writes the report for a terminal: a paragraph for each violation, then the counts. */
export function checkText(report: CheckReport, skipped: ReadonlyMap<string, number>): string {
  const { calls, lost, violations } = report;
  const bySide = (side: Violation["side"]): number => violations.filter((one) => one.side === side).length;
  const paragraphs = violations.map(({ side, call, operation, rule, message, fix, docs }) =>
    side === "request"
      ? `call ${call} ${operation ?? "(no operation)"} [${rule}]\n  ${message}.\n  Fix: ${fix}\n  See: ${docs}`
      : `response to call ${call} ${operation} [${rule}]\n  ${message}.`,
  );
  const others = [...skipped.values()].reduce((sum, times) => sum + times, 0);
  const counts = [
    `${count(calls, "call")} validated: ${count(bySide("request"), "violation")} by requests, ${count(bySide("response"), "violation")} by responses.`,
    ...(lost > 0 ? [`${count(lost, "call")} got no response from the service.`] : []),
    ...(others > 0
      ? [`${count(others, "other entry", "other entries")} skipped: ${[...skipped.keys()].join(", ")}.`]
      : []),
  ];
  return `${[...paragraphs, counts.join("\n")].join("\n\n")}\n`;
}

function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
