/** Rules about the number of calls in a span of time. */
import { type ApiOperation, entryOf, operations } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import { endOf } from "./identity.ts";
import type { JudgeRule, Violation } from "./violation.ts";

/** Reports more calls of an operation than its `x-rateLimit` allows, and a burst of calls after a failure because of the rate. */
export const callRate: JudgeRule = (exchanges) =>
  operations.flatMap((operation): Violation[] => {
    const own = exchanges.filter(({ operation: id }) => id === operation.operationId);
    return [...overRate(operation, own), ...afterThrottling(operation, own)];
  });

/** Reports a burst once, at the first call over the limit. */
function overRate(
  { operationId, rate: { calls, seconds }, docs }: ApiOperation,
  own: readonly Exchange[],
): Violation[] {
  let oldest = 0;
  let isOver = false;
  return own.flatMap(({ index, startedAt }, place): Violation[] => {
    while (startedAt - (own[oldest]?.startedAt ?? startedAt) >= seconds * 1000) oldest += 1;
    const inSpan = place - oldest + 1;
    const wasOver = isOver;
    isOver = inSpan > calls;
    if (!isOver || wasOver) return [];
    return [
      {
        side: "request",
        rule: "call-rate",
        call: index,
        operation: operationId,
        in: "sequence",
        pointer: "",
        message: `At most ${calls} calls in ${seconds} s are allowed, but this is call ${inSpan}`,
        fix: "Limit the calls per second before they are sent, across all workers.",
        docs,
      },
    ];
  });
}

/** Part of the rate that can follow a throttled call at once: calls that were on their way. */
const atOnce = 0.1;
/** Part of the rate that can follow in the rest of its time span. A client that slows down sends less. */
const spread = 0.8;

/**
 * Reports a burst after a throttled call: within the time span of the rate, more than a tenth of its calls at once, or more than four fifths of
 * it in the long run. Calls that were sent before all calls in progress had their responses do not count: the consumer may not have known.
 */
function afterThrottling(
  { operationId, rate: { calls, seconds }, docs }: ApiOperation,
  own: readonly Exchange[],
): Violation[] {
  const violations: Violation[] = [];
  let until = -Infinity;
  for (const [place, failed] of own.entries()) {
    const { errorCode } = failed.response;
    const entry = entryOf(errorCode);
    if (entry?.retry !== "throttle" || endOf(failed) < until) continue;
    const knownAt = own
      .slice(Math.max(0, place - calls), place + calls)
      .filter((one) => one.startedAt < endOf(failed))
      .reduce((latest, one) => Math.max(latest, endOf(one)), endOf(failed));
    let count = 0;
    for (let next = place + 1; next < own.length; next++) {
      const { index, startedAt, step } = own[next]!;
      if (step !== failed.step) break;
      if (startedAt < knownAt) continue;
      const part = (startedAt - knownAt) / (seconds * 1000);
      if (part >= 1) break;
      count += 1;
      if (count <= calls * (atOnce + spread * part)) continue;
      until = knownAt + seconds * 1000;
      violations.push({
        side: "request",
        rule: "call-rate",
        call: index,
        operation: operationId,
        in: "sequence",
        pointer: "",
        message: `Call ${failed.index} failed with ${entry.code} ${entry.name}, but ${count} calls of the operation followed within ${startedAt - endOf(failed)} ms`,
        fix: `Stop all calls of the operation after such a failure for up to ${seconds} s, then send fewer per second.`,
        docs,
      });
      break;
    }
  }
  return violations;
}
