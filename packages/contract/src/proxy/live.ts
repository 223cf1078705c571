/** Reports violations while calls are made, each kind once. */
import type { Clock } from "@contact-groups/core/clock";
import type { RuleName, Violation } from "../judge/violation.ts";

/** Rules that only the end of a recording can decide: a later call can still do what they require. */
export const decidedAtEnd: readonly RuleName[] = ["unfinished-pagination"];

/** Judging takes at most about this part of the time. */
const part = 10;

/** Maximum number of kinds that are reported: the name of an unknown field makes a kind, and there is no end of names. */
const mostKinds = 1000;

/** Reports violations. */
export interface Live {
  /** Calls were made: reports what is new, now or soon. */
  update(): void;
  /** Reports what is left, and stops. */
  close(): void;
}

/**
 * Creates the reporter.
 *
 * @param judge Returns all violations so far, except for `decidedAtEnd`.
 * @param report Called with the first violation of each kind.
 */
export function createLive(
  judge: () => readonly Violation[],
  report: (violation: Violation) => void,
  clock: Clock,
): Live {
  const reported = new Set<string>();
  let cancel = (): void => undefined;
  let isWaiting = false;
  let isNew = false;

  const look = (): void => {
    isNew = false;
    if (reported.size >= mostKinds) return;
    for (const violation of judge()) {
      const kind = kindOf(violation);
      if (reported.has(kind) || reported.size >= mostKinds) continue;
      reported.add(kind);
      report(violation);
    }
  };
  const run = (): void => {
    const startedAt = clock.now();
    look();
    // A long recording takes long to judge.
    const restMs = Math.max(0, clock.now() - startedAt) * part;
    isWaiting = true;
    cancel = clock.after(restMs, () => {
      isWaiting = false;
      if (isNew) run();
    });
  };

  return {
    update() {
      isNew = true;
      if (!isWaiting) run();
    },
    close() {
      cancel();
      if (isNew) look();
    },
  };
}

/** The same rule at the same place of the same operation is the same mistake; which item of a list has it does not matter. */
function kindOf({ side, rule, operation, in: place, pointer }: Violation): string {
  return [side, rule, operation, place, pointer.replaceAll(/\/\d+(?=\/|$)/g, "/{n}")].join(" ");
}
