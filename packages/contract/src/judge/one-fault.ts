/** Turns the rules that a request breaks into one violation for each fault of the code. */
import { didYouMean } from "@contact-groups/core/did-you-mean";
import type { RecordedViolation } from "../record/exchange.ts";

/** A fault: the first rule that it breaks, and the other places with the same one. */
export interface Fault extends RecordedViolation {
  /** JSON pointers of the other places. */
  readonly also: readonly string[];
}

/**
 * Returns the faults of a request: a text that has too many characters and bytes is one, a misspelt name that is unknown and missing is one, and so is
 * a fault that each item of a list has.
 */
export function faultsOf(violations: readonly RecordedViolation[]): readonly Fault[] {
  const known = faults.get(violations);
  if (known) return known;
  const found = findFaults(violations);
  faults.set(violations, found);
  return found;
}

/** The faults of a request, which each rule reads. */
const faults = new WeakMap<readonly RecordedViolation[], readonly Fault[]>();

function findFaults(violations: readonly RecordedViolation[]): readonly Fault[] {
  const groups = new Map<string, { first: RecordedViolation; also: string[] }>();
  for (const violation of withoutMisspelt(withoutImplied(violations))) {
    const { rule, pointer, message, in: place } = violation;
    const [expected = ""] = message.replace(pointer, "").split(/, but |; did you mean /);
    const key = JSON.stringify([place, rule, pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*"), expected]);
    const group = groups.get(key);
    if (group) group.also.push(pointer);
    else groups.set(key, { first: violation, also: [] });
  }
  return [...groups.values()].map(({ first, also }) => ({
    ...first,
    message: `${first.message}${more(also.length)}`,
    also,
  }));
}

function more(places: number): string {
  return places === 0 ? "" : ` (and ${places} more ${places === 1 ? "place" : "places"})`;
}

/** Rules of a text that say no more where another one is broken: the service's own limit is in bytes, and an empty text matches nothing. */
const implied: Readonly<Record<string, string>> = { maxLength: "x-maxBytes", pattern: "minLength" };

function withoutImplied(violations: readonly RecordedViolation[]): readonly RecordedViolation[] {
  const broken = new Set(violations.map(({ rule, pointer }) => `${rule} ${pointer}`));
  return violations.filter(({ rule, pointer }) => !broken.has(`${implied[rule]} ${pointer}`));
}

/** Leaves out the missing fields whose names are misspelt in unknown fields of the same object. */
function withoutMisspelt(violations: readonly RecordedViolation[]): readonly RecordedViolation[] {
  const missing = violations.filter(({ message }) => message.endsWith("but is missing"));
  const explained = new Set<RecordedViolation>();
  for (const { rule, pointer } of violations) {
    if (rule !== "additionalProperties") continue;
    const [parent, name] = split(pointer);
    const around = missing.filter((one) => split(one.pointer)[0] === parent && !explained.has(one));
    const meant = didYouMean(
      name,
      around.map((one) => split(one.pointer)[1]),
    );
    const found = around.find((one) => split(one.pointer)[1] === meant);
    if (found) explained.add(found);
  }
  return violations.filter((violation) => !explained.has(violation));
}

function split(pointer: string): readonly [parent: string, name: string] {
  const at = pointer.lastIndexOf("/");
  return [pointer.slice(0, Math.max(0, at)), pointer.slice(at + 1)];
}
