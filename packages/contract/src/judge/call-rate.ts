import { operations } from "../operations.ts";
import type { Rule, Violation } from "./violation.ts";

/** More calls in a span of time than `x-rateLimit` allows, counted for each operation. A burst is told once, at its first call too many. */
export const callRate: Rule = (exchanges) =>
  operations.flatMap(({ operationId, rate: { calls, seconds }, docs }): Violation[] => {
    const own = exchanges.filter(({ operation }) => operation === operationId);
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
          rule: "call-rate",
          call: index,
          operation: operationId,
          in: "sequence",
          pointer: "",
          message: `At most ${calls} calls in ${seconds} s are allowed, but this is call ${inSpan}`,
          fix: "Limit the calls per second before they are sent, over all workers together.",
          docs,
        },
      ];
    });
  });
