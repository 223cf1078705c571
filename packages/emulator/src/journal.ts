import type { UnreadableBody } from "@contact-groups/core/node-http";
import { redaction } from "@contact-groups/core/redact";
import type { OperationId } from "@contact-groups/openapi/model";
import { attempt, type ReportFailure } from "./callbacks.ts";
import type { RuleId } from "./rules.ts";

/** A call that got its response. It holds no credential. */
export interface CallRecord {
  /** From 1 on. Calls that are no longer kept are counted as well. */
  readonly number: number;
  /** Milliseconds since the epoch on the emulator's clock. */
  readonly at: number;
  /** HTTP method. */
  readonly method: string;
  /** Path and query; the UserSig, and everything that is not a known parameter, is `[redacted]`. */
  readonly url: string;
  /** The app; undefined when the call failed before it was found. */
  readonly sdkAppId: number | undefined;
  /** The operation; undefined when no operation has the path. */
  readonly operation: OperationId | undefined;
  /** `From_Account` of a valid body; undefined when the call failed before its body was read. */
  readonly user: string | undefined;
  /** The rule that decided. */
  readonly rule: RuleId;
  /** One sentence that says why. */
  readonly why: string;
  /** `ErrorCode` of the response; undefined when a fault sent none. */
  readonly code: number | undefined;
  /** ID of the fault that was triggered. */
  readonly fault: number | undefined;
  /** The app that this fault is of; undefined for a fault of the emulator. */
  readonly faultApp: number | undefined;
  /** The request body as it was sent, with `[redacted]` for each credential; undefined when it was omitted. */
  readonly body: string | undefined;
  /** Why the body was omitted: it is not UTF-8, or it has more than 16,384 characters. */
  readonly bodyOmitted: "too large" | "not UTF-8" | undefined;
}

/** Most characters of a body that is kept, so that 1000 calls need at most 32 MB. */
const longestBody = 16_384;

/** Returns a body as a record has it. */
export function recordBody(
  body: string | UnreadableBody,
  secrets: readonly string[],
): Pick<CallRecord, "body" | "bodyOmitted"> {
  if (typeof body !== "string") return { body: undefined, bodyOmitted: body.unreadable };
  if (body.length > longestBody) return { body: undefined, bodyOmitted: "too large" };
  return { body: redaction(secrets)(body), bodyOmitted: undefined };
}

/** Keeps the last calls. It records no duration, so that two runs of one script have the same journal. */
export interface CallJournal {
  /** Calls since the journal was created or cleared, kept or not. */
  readonly total: number;
  record(call: Omit<CallRecord, "number">): void;
  /** The oldest first. */
  list(): readonly CallRecord[];
  clear(): void;
}

/** Called with each call after its response was created. A promise that it returns is not awaited. */
export type OnCall = (record: CallRecord) => void | Promise<void>;

/** Creates a journal of the last `size` calls, which calls `onCall` with each. What `onCall` throws is reported and changes nothing. */
export function createJournal(size: number, onCall?: OnCall, report: ReportFailure = () => undefined): CallJournal {
  /** Each in the place of its number. Two journals keep the same call, so a number is given to it only when it is read. */
  let kept: Omit<CallRecord, "number">[] = [];
  let total = 0;
  // The observer gets what others get too, so nobody may change it.
  const numbered = (call: Omit<CallRecord, "number">, number: number): CallRecord => Object.freeze({ number, ...call });

  return {
    get total() {
      return total;
    },
    record(call) {
      const number = ++total;
      if (size > 0) kept[(number - 1) % size] = call;
      if (onCall)
        attempt(
          () => onCall(numbered(call, number)),
          (error) => report("onCall", error),
        );
    },
    list() {
      const first = total - kept.length;
      return kept.map((_, index) => numbered(kept[(first + index) % size]!, first + index + 1));
    },
    clear() {
      kept = [];
      total = 0;
    },
  };
}
