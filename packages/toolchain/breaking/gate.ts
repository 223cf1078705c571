import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readChangesets } from "./changesets.ts";
import { compareDescriptions, type Change } from "./compare.ts";
import { judge, type Judgement } from "./judge.ts";
import { lastReleased } from "./released.ts";
import { renderChanges, renderChangeset } from "./render.ts";
import { missedByRules } from "./cross-check.ts";

/** Where the gate finds what it compares. */
export interface Places {
  /** Folder with one folder per released version. */
  released: string;
  /** The bundle of today. */
  bundle: string;
  /** Folder of the pending changesets. */
  changesets: string;
  /** Finds breaking changes that the rules of this folder do not. */
  crossCheck?: typeof missedByRules;
}

/** What the gate says, and whether it lets the description pass. */
export interface Outcome {
  passes: boolean;
  text: string;
}

/**
 * Compares the description with the last released one and with what the pending changesets promise.
 *
 * @throws Error where a file can't be read, with what to do.
 */
export function gate({ released: folder, bundle, changesets, crossCheck = missedByRules }: Places): Outcome {
  const released = lastReleased(folder);
  if (!released)
    return {
      passes: true,
      text: "Nothing has been released: there is no description to compare with. Any changeset will do.",
    };
  const changes = compareDescriptions(released.bundle, JSON.parse(readFileSync(bundle, "utf8")) as object);
  const missed = crossCheck(join(folder, released.version, "openapi.json"), bundle, changes);
  const all = [...missed, ...changes];
  const judgement = judge(all, readChangesets(changesets), released.version);
  return { passes: judgement.passes, text: explain(all, judgement, released.version) };
}

function explain(changes: readonly Change[], judgement: Judgement, version: string): string {
  const { needed, pending, enough, passes, unexplained } = judgement;
  if (needed === undefined) return `The description is the same as in version ${version}.`;
  const list = `The description since version ${version}:\n\n${renderChanges(changes)}`;
  const lower = version.startsWith("0.") ? " (the table of .changeset/README.md, one step lower before 1.0.0)" : "";
  if (passes) return `${list}\n\nThese changes need a ${needed} changeset${lower}, and a ${pending} one is pending.`;
  const problems = [
    ...(enough ? [] : [missingBump(needed, pending, lower)]),
    ...(unexplained.length > 0 && pending !== undefined ? [missingNote(unexplained)] : []),
  ];
  const file = ".changeset/description-changes.md";
  const unrated = changes.filter(({ kind }) => kind === "unrated").map(({ subject }) => `\`${subject}\``);
  if (unrated.length > 0)
    problems.push(
      `No rule rates ${unrated.join(", ")}, which counts as major: add a rule to packages/toolchain/breaking, or take the edit back.`,
    );
  return `${list}\n\n${problems.join(" ")} Save this as ${file}, and write the reason into it:\n\n${renderChangeset(changes, needed)}`;
}

function missingBump(needed: string, pending: string | undefined, lower: string): string {
  const there =
    pending === undefined ? "no pending changeset names the description" : `the pending ones carry only ${pending}`;
  return `These changes need a ${needed} changeset${lower}, but ${there}.`;
}

function missingNote(unexplained: readonly Change[]): string {
  const names = unexplained.map(({ subject }) => `\`${subject}\``).join(", ");
  return `No pending changeset says what a consumer has to do about ${names}: a section "To change:" must name each.`;
}
