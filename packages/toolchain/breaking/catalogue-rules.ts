import { Branch } from "./branch.ts";
import type { Difference } from "./difference.ts";
import { came, changed, code, comesAndGoes, went, type Rule, type Verdict } from "./verdict.ts";

const advice = { retry: "retry-changed", category: "category-changed", retryAfterSeconds: "pause-changed" } as const;
const texts = new Set(["message", "cause", "fix", "hint", "note"]);

/** An entry of the error catalogue, by its code. An entry that keeps its name under another code was renumbered. */
export const entryRule: Rule = (difference) => {
  const { key, before, after, holders } = difference;
  if (came(difference))
    return codeOf(holders.before, after) ? undefined : ["error-added", `(${name(after)}) was added`];
  const now = codeOf(holders.after, before);
  if (now) return ["error-renumbered", `(${name(before)}) was renumbered to ${code(Number(now))}`];
  return went(difference) ? ["error-removed", `(${name(before)}) was removed`] : ["unrated", `${key} changed`];
};

/** A key of an entry of the error catalogue. */
export const entryKeyRule: Rule = (difference) => {
  const { key } = difference;
  const what = `${code(key)} ${changed(difference)}`;
  if (key in advice) return [advice[key as keyof typeof advice], what];
  if (texts.has(key)) return ["text-changed", what];
  if (key === "source") return ["source-changed", what];
  if (key === "status") return ["error-status-changed", what];
  if (key === "name") return ["error-renamed", what];
  if (key === "origin") return ["error-moved", what];
  return ["unrated", what];
};

/** An operation that can answer an entry's code. */
export const raisedRule: Rule = (difference) =>
  came(difference)
    ? ["error-raised-by-operation", `can be answered by ${code(difference.key)} too`]
    : ["error-not-raised-by-operation", `is no longer answered by ${code(difference.key)}`];

/** A limit that no schema can carry. */
export const limitsRule: Rule = comesAndGoes("limit-lowered", "limit-removed", "limit-renamed");

/** A key of such a limit. */
export const limitRule: Rule = (difference) => {
  const { key, before, after } = difference;
  const what = `${code(key)} ${changed(difference)}`;
  if (key === "maximum") return [Number(after) < Number(before) ? "limit-lowered" : "limit-raised", what];
  if (key === "unit") return ["limit-unit-changed", what];
  return answeredOrText(difference);
};

/** How often an operation can be called. The rate is what counts, not the span that it is measured in. */
export const rateRule: Rule = (difference) => {
  if (difference.key === "error") return answeredOrText(difference);
  const [before, after] = [rate(difference.holders.before), rate(difference.holders.after)];
  return [after < before ? "rate-lowered" : "rate-raised", `${code(difference.key)} ${changed(difference)}`];
};

/** A check before an operation. */
export const checksRule: Rule = comesAndGoes("check-added", "check-removed");

/** A key of a check, or the code that a limit answers beyond it. */
export const answeredOrText: Rule = (difference): Verdict => {
  const what = `${code(difference.key)} ${changed(difference)}`;
  if (difference.key === "error") return ["answered-code-changed", what];
  if (difference.key === "x-source") return ["source-changed", what];
  return difference.key === "description" ? ["text-changed", what] : ["unrated", what];
};

/** The code answered when a keyword is broken. */
export const errorCodesRule: Rule = (difference) =>
  came(difference)
    ? ["error-code-of-limit-added", `beyond ${code(difference.key)} answers ${code(difference.after)}`]
    : ["answered-code-changed", `beyond ${code(difference.key)} ${changed(difference)}`];

/** Whether limits became another: an added rate limit refuses what had none. */
export const rateLimitRule = (difference: Difference): Verdict => [
  came(difference) ? "rate-lowered" : "rate-raised",
  came(difference) ? "has a rate limit now" : "has no rate limit any more",
];

function rate(branch: Branch): number {
  return Number(branch.values.get("calls")) / Number(branch.values.get("seconds"));
}

/** The code under which a catalogue has the entry's name, unless it is the entry's own. */
function codeOf(catalogue: Branch, entry: unknown): string | undefined {
  return [...catalogue.values].find(([, other]) => name(other) === name(entry))?.[0];
}

function name(entry: unknown): unknown {
  return entry instanceof Branch ? entry.values.get("name") : undefined;
}
