import { type ResponseViolation, responseViolations } from "../field-violations.ts";
import { judge, type JudgeOptions } from "../judge/judge.ts";
import type { Violation } from "../judge/violation.ts";
import { operations } from "../operations.ts";
import type { Prism } from "../prism.ts";
import type { Exchange } from "./exchange.ts";

/** A violation by a response: an error of the provider, or of the description. */
export interface CallResponseViolation extends ResponseViolation {
  /** Place of the call in the recording, from 0. */
  readonly call: number;
  readonly operation: string | undefined;
}

export interface CheckReport {
  readonly calls: number;
  /** Calls without a response from the service. */
  readonly lost: number;
  /** Violations by requests. */
  readonly violations: readonly Violation[];
  /** Violations by responses. */
  readonly responses: readonly CallResponseViolation[];
}

/**
 * Validates the requests and the responses of recorded calls.
 *
 * @param exchanges The calls of one recording, in the order of time.
 * @param prism Validates the responses; the requests were validated when they were recorded.
 * @param options Rules to ignore. Throws a `TypeError` for an unknown rule.
 */
export async function checkExchanges(
  exchanges: readonly Exchange[],
  prism: Prism,
  options: JudgeOptions = {},
): Promise<CheckReport> {
  const responses: CallResponseViolation[] = [];
  for (const exchange of exchanges) {
    const { index: call, operation } = exchange;
    for (const violation of await checkExchangeResponse(exchange, prism))
      responses.push({ call, operation, ...violation });
  }
  const lost = exchanges.filter((exchange) => isLost(exchange)).length;
  return { calls: exchanges.length, lost, violations: judge(exchanges, options), responses };
}

/** Whether there is no response from the service: a lost connection, or a status of something in front of it. */
function isLost({ response }: Exchange): boolean {
  return response.status === undefined || response.status >= 500 || response.faults.some((fault) => fault !== "delay");
}

/** Validates the response to a call of an operation. */
async function checkExchangeResponse(exchange: Exchange, prism: Prism): Promise<readonly ResponseViolation[]> {
  const operation = operations.find(({ operationId }) => operationId === exchange.operation);
  const { status, body } = exchange.response;
  if (!operation || isLost(exchange)) return [];
  if (status !== 200)
    return [{ pointer: "", rule: "status", message: `The HTTP status is ${status}, but the service always sends 200` }];
  if (body === undefined) return [{ pointer: "", rule: "syntax", message: "The body is not JSON" }];
  return responseViolations(operation, body, prism);
}

/** Writes the report for a terminal: a paragraph for each violation, then the counts. */
export function checkText(report: CheckReport, skipped: ReadonlyMap<string, number>): string {
  const { calls, lost, violations, responses } = report;
  const paragraphs = [
    ...violations.map(
      ({ call, operation, rule, message, fix, docs }) =>
        `call ${call} ${operation ?? "(no operation)"} [${rule}]\n  ${message}.\n  Fix: ${fix}\n  See: ${docs}`,
    ),
    ...responses.map(
      ({ call, operation, rule, message }) => `response to call ${call} ${operation} [${rule}]\n  ${message}.`,
    ),
  ];
  const others = [...skipped.values()].reduce((sum, times) => sum + times, 0);
  const counts = [
    `${count(calls, "call")} validated: ${count(violations.length, "violation")} by requests, ${count(responses.length, "violation")} by responses.`,
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
