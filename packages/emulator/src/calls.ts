import type { CoreAnswer, CoreCall } from "./core/core-call.ts";
import type { OperationId } from "./generated/operations.ts";
import type { RuleId } from "./rule.ts";

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
  /** The rule that decided, and why. */
  readonly rule: RuleId;
  readonly why: string;
  /** `ErrorCode` of the answer. */
  readonly code: number;
}

/** Keeps the last calls. */
export interface CallJournal {
  record(call: CoreCall, answer: CoreAnswer, at: number): void;
  /** The oldest first. */
  list(): readonly CallRecord[];
  clear(): void;
}

/** Makes a journal of the last `size` calls. */
export function createJournal(size: number): CallJournal {
  let records: CallRecord[] = [];
  let total = 0;

  return {
    record({ method, url }, { operation, rule, why, code }, at) {
      total++;
      if (size === 0) return;
      records[(total - 1) % size] = { number: total, at, method, url, operation, rule, why, code };
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
