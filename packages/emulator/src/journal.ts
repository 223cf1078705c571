import type { OperationId } from "@contact-groups/openapi/model";
import { attempt, type ReportFailure } from "./callbacks.ts";
import type { RuleId } from "./rules.ts";

/** A call that got its response. It holds no credential. */
export interface CallRecord {
  /** From 1 on. Calls that are no longer kept are counted as well. */
  readonly number: number;
  /** Milliseconds since the epoch on the emulator's clock. */
  readonly at: number;
  readonly method: string;
  /** Path and query; the UserSig, and everything that is not a known parameter, is `[redacted]`. */
  readonly url: string;
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
export function createJournal(size: number, onCall: OnCall | undefined, report: ReportFailure): CallJournal {
  let records: CallRecord[] = [];
  let total = 0;

  return {
    get total() {
      return total;
    },
    record(call) {
      total++;
      // The observer gets the record that is kept, so nobody may change it.
      const kept = Object.freeze({ number: total, ...call });
      if (size > 0) records[(total - 1) % size] = kept;
      if (onCall)
        attempt(
          () => onCall(kept),
          (error) => report("onCall", error),
        );
    },
    list() {
      const oldest = total % size;
      return total <= size ? [...records] : [...records.slice(oldest), ...records.slice(0, oldest)];
    },
    clear() {
      records = [];
      total = 0;
    },
  };
}
