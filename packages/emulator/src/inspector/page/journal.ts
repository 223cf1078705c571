/** The journal as the page keeps it. */
import type { components } from "../../generated/control-types.ts";

export type Call = components["schemas"]["CallRecord"];
type JournalPage = components["schemas"]["Journal"];

/** Most calls that the page keeps. */
export const callsKept = 1000;

/**
 * Returns the number after which the next calls are requested. The last known call is requested again: when it is not the same, the emulator
 * was restarted or its journal was cleared.
 */
export function since(calls: readonly Call[]): number {
  return Math.max(0, (calls[0]?.number ?? 0) - 1);
}

/** Returns the newest calls first, or undefined when the page is of another journal, which has to be read from its beginning. */
export function addCalls(known: readonly Call[], { calls, last }: JournalPage): readonly Call[] | undefined {
  const [newest] = known;
  if (!newest) return calls.length === 0 ? known : calls.toReversed().slice(0, callsKept);
  const [same, ...added] = calls;
  if (last < newest.number || !same || JSON.stringify(same) !== JSON.stringify(newest)) return undefined;
  return added.length === 0 ? known : [...added.toReversed(), ...known].slice(0, callsKept);
}

/** Which calls are shown. */
export interface CallFilter {
  /** Words that a call has, in any order: a code, a rule, a user, an operation. */
  readonly text: string;
  readonly outcome: "all" | "succeeded" | "failed" | "faults";
}

/** Returns the outcome of a call. */
export function outcomeOf({ code, fault }: Call): "succeeded" | "failed" | "faults" {
  if (fault !== undefined) return "faults";
  return code === 0 ? "succeeded" : "failed";
}

/** Whether a call is shown. */
export function isMatch(call: Call, { text, outcome }: CallFilter): boolean {
  if (outcome !== "all" && outcomeOf(call) !== outcome) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { code, rule, operation = "", user = "", url, why, body = "" } = call;
  const found = `${code ?? ""}\n${rule}\n${operation}\n${user}\n${url}\n${why}\n${body}`.toLowerCase();
  return words.every((word) => found.includes(word));
}
