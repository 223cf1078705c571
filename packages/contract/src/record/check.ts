import { judge, type JudgeOptions } from "../judge/judge.ts";
import type { Violation } from "../judge/violation.ts";
import type { Exchange } from "./exchange.ts";

interface CheckReport {
  /** Calls without a response from the service. */
  readonly lost: number;
  /** Those of them that the test did not plan: the provider owes a response. */
  readonly withoutResponse: number;
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
  const indexes = new Set(lost.map(({ index }) => index));
  const violations = judge(exchanges, { ...options, sides: ["request", "response"] }).filter(
    ({ side, call }) => side === "request" || !indexes.has(call),
  );
  const withoutResponse = lost.filter(({ response }) => response.faults.length === 0);
  return { lost: lost.length, withoutResponse: withoutResponse.length, violations };
}

/** Whether there is no response from the service: a lost connection, or a status of something in front of it. */
function isLost({ response }: Exchange): boolean {
  return response.status === undefined || response.status >= 500 || response.faults.some((fault) => fault !== "delay");
}
