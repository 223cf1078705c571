import { limits } from "@contact-groups/openapi/model";
import { docsOf } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import { identity } from "./identity.ts";
import { isRetry } from "./retry-rules.ts";
import type { JudgeRule, Violation } from "./violation.ts";

/** A caller that ends a call earlier may have no use for it any more, as a page that is left. */
const leastMs = 500;

/** Reports a caller that gives a call up before the service does, by a timeout: later than after half a second, or to send it again. */
export const callerTimeout: JudgeRule = (exchanges) => {
  const timeoutMs = limits.serviceTimeout.maximum * 1000;
  const lost = exchanges.filter(
    ({ isLost, operation, durationMs }) => isLost === true && operation !== undefined && durationMs < timeoutMs,
  );
  return lost.flatMap((exchange): Violation[] => {
    const { index, operation, durationMs } = exchange;
    if (durationMs < leastMs && !exchanges.some((later) => later.index > index && isAgain(exchange, later))) return [];
    return [
      {
        side: "request",
        rule: "caller-timeout",
        call: index,
        operation,
        in: "time",
        pointer: "",
        message: `The caller must wait for a response for more than ${limits.serviceTimeout.maximum} s, the timeout of the service, but gave up after ${durationMs} ms`,
        fix: `Set the timeout of a call above ${limits.serviceTimeout.maximum} s, for example to 5 s.`,
        docs: docsOf(operation),
      },
    ];
  });
};

function isAgain(before: Exchange, later: Exchange): boolean {
  return identity(before) === identity(later) && isRetry(before, later);
}
