import { differences, type Difference, factsOf, follows, otherName, subjectOf } from "./difference.ts";
import { type Bump, bumpTable, type ChangeKind, kinds } from "./kinds.ts";
import { rules } from "./rules.ts";
import { operationIds, toTree } from "./tree.ts";

/** A change of the description, rated. */
export interface Change {
  readonly kind: ChangeKind;
  /** JSON pointer in the newer bundle, or in the older one where the newer has nothing there. */
  readonly pointer: string;
  /** What changed, as programs name it: a field, a code, an operation. */
  readonly subject: string;
  /** What happened, as a sentence in Markdown. */
  readonly what: string;
  readonly whoBreaks: string;
  readonly whatToDo: string;
  /** The bump by the table of .changeset/README.md, as it applies from 1.0.0 on. */
  readonly bump: Bump;
  /** Other places where the same change shows. */
  readonly also: readonly string[];
}

/** The bumps, smallest first. */
export const bumps: readonly Bump[] = ["patch", "minor", "major"];

/**
 * Returns every change between two bundles of the description (`openapi.json`), the largest step first. `info.version` is not a change: a release sets it.
 * A field that is both sent and read is rated as both, and the larger step counts. A change without a rule is major.
 *
 * @example
 * const [change] = compareDescriptions(released, bundle);
 * console.log(change?.bump, change?.what);
 *
 * @throws Error if a bundle refers to something that it does not have.
 */
export function compareDescriptions(before: object, after: object): Change[] {
  const [idsBefore, idsAfter] = [operationIds(before), operationIds(after)];
  const found = differences(toTree(before), toTree(after)).filter(
    // The codes of an operation are added, removed and renamed with it.
    ({ key, holders }) => holders.after.role !== "raised" || (idsBefore.has(key) && idsAfter.has(key)),
  );
  const facts = found.flatMap(factsOf);
  const followers = new Set(found.filter((one) => factsOf(one).length === 0 && follows(one, facts)));
  const also = found.filter((one) => followers.has(one) || otherName(one) !== undefined).map(({ pointer }) => pointer);
  const largest = new Map<string, Change>();
  for (const change of found.filter((one) => !followers.has(one)).flatMap((one) => rate(one, also))) {
    const place = `${change.pointer} ${change.subject}`;
    const known = largest.get(place);
    if (!known || step(change.bump) > step(known.bump)) largest.set(place, change);
  }
  return [...largest.values()].toSorted((one, other) => step(other.bump) - step(one.bump));
}

/** Returns the largest bump of some changes; undefined where there is none. */
export function largestBump(changes: readonly { readonly bump: Bump }[]): Bump | undefined {
  return bumps.findLast((bump) => changes.some((change) => change.bump === bump));
}

/** Returns how large a bump is: 0 for patch, 2 for major. */
export function step(bump: Bump): number {
  return bumps.indexOf(bump);
}

function rate(difference: Difference, also: readonly string[]): Change[] {
  const rating = rules[difference.holders.after.role](difference);
  if (!rating) return [];
  const [kind, what] = rating;
  const subject = subjectOf(difference);
  const { bump, whoBreaks, whatToDo } = bumpTable[kinds[kind]];
  const renamed = kind.endsWith("-renamed");
  return [
    {
      kind,
      bump,
      pointer: difference.pointer,
      subject,
      what: `\`${subject}\` ${what}.`,
      whoBreaks,
      whatToDo,
      also: renamed ? also : [],
    },
  ];
}
