import { requestChecks, operations, type OperationId } from "@contact-groups/openapi/model";
import type { Refusal } from "../refusal.ts";
import type { Settings } from "../settings.ts";

/** Counts the calls of each app to each operation. */
export interface RateGate {
  /** Counts a call, and refuses it when it is one too many. */
  check(sdkAppId: number, operation: OperationId, now: number): Refusal | undefined;
  /** Forgets all counts. */
  reset(): void;
}

interface Span {
  number: number;
  calls: number;
}

/** Makes a gate that counts in spans of the clock. A refused call counts as well. */
export function createRateGate(setting: Settings["rateLimit"]): RateGate {
  const spans = new Map<string, Span>();

  return {
    check(sdkAppId, operation, now) {
      if (setting === "off") return undefined;
      const { calls, seconds } = setting === "on" ? operations[operation].rate : setting;
      const number = Math.floor(now / (seconds * 1000));
      const key = `${sdkAppId} ${operation}`;
      const span = spans.get(key);
      if (!span) {
        spans.set(key, { number, calls: 1 });
        return undefined;
      }
      span.calls = span.number === number ? span.calls + 1 : 1;
      span.number = number;
      if (span.calls <= calls) return undefined;
      const per = seconds === 1 ? "per second" : `in ${seconds} seconds`;
      const why = `The app ${sdkAppId} may call ${operation} ${calls} times ${per}, and this is call ${span.calls}`;
      return { rule: "gate.rate", error: requestChecks.rate.name, why };
    },
    reset: () => spans.clear(),
  };
}
