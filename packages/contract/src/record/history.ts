import { judge } from "../judge/judge.ts";
import type { Violation } from "../judge/violation.ts";
import type { Recording } from "./recording.ts";

/** What is known of the calls before the last reset. */
export interface Past {
  readonly calls: number;
  readonly violations: readonly Violation[];
  /** Calls that were no longer recorded when they should have been judged. */
  readonly forgotten: number;
}

/** Keeps what was wrong with the calls of recordings that a reset has ended, since the calls themselves are not kept. */
export interface History {
  /** Ends a recording. */
  end(recording: Recording): void;
  readonly past: Past;
}

/** Most violations that are kept: enough to see what is wrong. */
const mostViolations = 1000;

export function createHistory(): History {
  let known: Past = { calls: 0, violations: [], forgotten: 0 };
  /** Recordings with calls that are not answered yet, and so cannot be judged. */
  let open: readonly Recording[] = [];

  function add({ calls, violations, forgotten }: Past, { exchanges, forgotten: lost }: Recording): Past {
    return {
      calls: calls + exchanges.length,
      violations: [...violations, ...judge(exchanges)].slice(0, mostViolations),
      forgotten: forgotten + lost,
    };
  }

  return {
    end(recording) {
      const all = [...open, recording];
      known = all.filter(({ pending }) => pending === 0).reduce(add, known);
      open = all.filter(({ pending }) => pending > 0);
    },
    get past() {
      return open.reduce(add, known);
    },
  };
}
