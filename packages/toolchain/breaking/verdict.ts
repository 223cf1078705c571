import type { Difference } from "./difference.ts";
import { otherName } from "./followers.ts";
import type { Kind } from "./kinds.ts";

/** What a rule says of a difference: its kind and what happened, as the end of a sentence that begins with the name of the thing. */
export type Verdict = readonly [kind: Kind, what: string];

/** Rates one difference. Undefined: another difference tells it, so this one is left out. */
export type Rule = (difference: Difference) => Verdict | undefined;

/** Whether the difference is something that came. */
export function came({ before }: Difference): boolean {
  return before === undefined;
}

/** Whether the difference is something that went. */
export function went({ after }: Difference): boolean {
  return after === undefined;
}

/** A rule for something that only comes and goes, and can be told to have another name. */
export function comesAndGoes(added: Kind, removed: Kind, renamed?: Kind): Rule {
  return (difference) => {
    const other = renamed && otherName(difference);
    if (other !== undefined) return came(difference) ? undefined : [renamed!, `was renamed to ${code(other)}`];
    if (came(difference)) return [added, "was added"];
    return went(difference) ? [removed, "was removed"] : undefined;
  };
}

/** "changed from `1` to `2`", "was set to `2`" or "was removed". */
export function changed({ before, after }: Difference): string {
  if (before === undefined) return `was set to ${code(after)}`;
  return after === undefined ? `(${code(before)}) was removed` : `changed from ${code(before)} to ${code(after)}`;
}

/** A value as a code span. */
export function code(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
