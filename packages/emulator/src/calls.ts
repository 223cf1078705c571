import type { OperationId } from "@contact-groups/openapi/model";
import type { CoreAnswer, CoreCall } from "./core/core-call.ts";
import { attempt, type Report } from "./report.ts";
import type { RuleId } from "./rules.ts";

/** One answered call. It holds no credential. */
export interface CallRecord {
  /** Counts from 1, also over calls that are no longer kept. */
  readonly number: number;
  /** Milliseconds since the epoch on the emulator's clock. */
  readonly at: number;
  readonly method: string;
  /** Path and query; the UserSig, and whatever is not a known parameter, is `[redacted]`. */
  readonly url: string;
  readonly operation: OperationId | undefined;
  /** `From_Account` of a valid body; undefined when the call was refused before its body was read. */
  readonly user: string | undefined;
  /** The rule that decided, and why. */
  readonly rule: RuleId;
  readonly why: string;
  /** `ErrorCode` of the answer; undefined when a fault sent none. */
  readonly code: number | undefined;
  /** ID of the fault that spoke. */
  readonly fault: number | undefined;
}

/** Keeps the last calls. It notes no duration: two runs of one script have the same journal. */
export interface CallJournal {
  /** Calls since the journal was made or cleared, kept or not. */
  readonly total: number;
  record(call: CoreCall, answer: CoreAnswer, at: number): void;
  /** The oldest first. */
  list(): readonly CallRecord[];
  clear(): void;
}

/** Is called with each call after it was handled. A promise that it returns is not awaited. */
export type OnCall = (record: CallRecord) => void | Promise<void>;

/** Creates a journal of the last `size` calls, which calls `onCall` with each. What `onCall` throws is reported and changes nothing. */
export function createJournal(size: number, onCall: OnCall | undefined, report: Report): CallJournal {
  let records: CallRecord[] = [];
  let total = 0;

  return {
    get total() {
      return total;
    },
    record({ method, url }, { operation, user, rule, why, code, fault }, at) {
      total++;
      // What is kept is also what the observer gets, so neither it nor anybody else can change it.
      const kept = Object.freeze({ number: total, at, method, url, operation, user, rule, why, code, fault });
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
