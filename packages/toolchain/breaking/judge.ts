import type { Changeset } from "./changesets.ts";
import { largestBump, step, bumps, type Change } from "./compare.ts";
import type { Bump } from "./rows.ts";

/** What the gate found. */
export interface Judgement {
  /** The bump that a changeset must have: by the table, one step lower before 1.0.0. Undefined where nothing changed. */
  needed: Bump | undefined;
  /** The largest bump of the pending changesets. */
  pending: Bump | undefined;
  /** Whether that is large enough. */
  enough: boolean;
  /** Breaking changes that no section "To change:" names. */
  unexplained: Change[];
  passes: boolean;
}

/**
 * Whether pending changesets carry what some changes need: a bump that is large enough, and for each breaking change, also before 1.0.0, its name in a
 * section "To change:" that says what a consumer has to do.
 *
 * @example
 * const { passes, needed } = judge(compareDescriptions(released.bundle, bundle), readChangesets(folder), released.version);
 */
export function judge(changes: readonly Change[], changesets: readonly Changeset[], released: string): Judgement {
  const largest = largestBump(changes);
  const needed = largest && bumpAfter(largest, released);
  const pending = largestBump(changesets);
  const notes = changesets.map(({ text }) => migrationNote(text)).join("\n");
  const unexplained = changes.filter(({ bump, subject }) => bump === "major" && !notes.includes(`\`${subject}\``));
  const enough = needed === undefined || (pending !== undefined && step(pending) >= step(needed));
  return { needed, pending, enough, unexplained, passes: enough && unexplained.length === 0 };
}

/** The bump of the table as it holds after a version: before 1.0.0 one step lower. */
export function bumpAfter(bump: Bump, version: string): Bump {
  return version.startsWith("0.") ? bumps[Math.max(0, step(bump) - 1)]! : bump;
}

/** What a changeset says from "To change:" on. */
function migrationNote(text: string): string {
  return /^To change:.*/ms.exec(text)?.[0] ?? "";
}
