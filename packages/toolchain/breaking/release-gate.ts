import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Changeset, packageName, readChangesets } from "./changesets.ts";
import { bumps, type Change, compareDescriptions, largestBump, step } from "./compare.ts";
import { crossCheck as crossCheckByRedocly } from "./cross-check.ts";
import type { Bump } from "./kinds.ts";
import { lastReleased } from "./released.ts";

/** What the release gate compares. */
export interface GateOptions {
  /** Folder with one folder per released version. */
  readonly released: string;
  /** Path of the current bundle. */
  readonly bundle: string;
  /** Folder of the pending changesets. */
  readonly changesets: string;
  /**
   * Finds breaking changes that no rule finds.
   *
   * @default `redocly diff`
   */
  readonly crossCheck?: typeof crossCheckByRedocly;
}

/** What the release gate prints, and whether the description passes. */
export interface GateResult {
  readonly passes: boolean;
  readonly text: string;
}

/** Prints what changed in a description since the last release, and sets exit code 1 if the pending changesets are not enough for it. */
export function breaking(folder: string): void {
  try {
    const { passes, text } = releaseGate({
      released: join(folder, "released"),
      bundle: join(folder, "dist/openapi.json"),
      changesets: join(folder, "../.changeset"),
    });
    console.log(text);
    if (!passes) process.exitCode = 1;
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/**
 * Compares the description with the last released one and with the pending changesets.
 *
 * @throws Error if a file cannot be read. The message says what to do.
 */
export function releaseGate({
  released: folder,
  bundle,
  changesets,
  crossCheck = crossCheckByRedocly,
}: GateOptions): GateResult {
  const released = lastReleased(folder);
  if (!released)
    return {
      passes: true,
      text: "Nothing has been released, so there is nothing to compare with. Any changeset is accepted.",
    };
  const { version } = released;
  const found = compareDescriptions(released.bundle, JSON.parse(readFileSync(bundle, "utf8")) as object);
  const changes = [...crossCheck(join(folder, version, "openapi.json"), bundle, found), ...found];
  const check = checkChangesets(changes, readChangesets(changesets), version);
  return { passes: check.passes, text: explain(changes, check, version) };
}

/** Whether the pending changesets are enough. */
export interface ChangesetCheck {
  /** The bump that a changeset must have: by the table, one step lower before 1.0.0. Undefined where nothing changed. */
  readonly needed: Bump | undefined;
  /** The largest bump of the pending changesets. */
  readonly pending: Bump | undefined;
  /** Whether that is large enough. */
  readonly enough: boolean;
  /** Breaking changes that no section "To change:" lists. */
  readonly unexplained: readonly Change[];
  readonly passes: boolean;
}

/**
 * Checks pending changesets against changes: whether the bump is large enough, and whether a section "To change:" lists the name of each breaking change, also
 * before 1.0.0, with what a consumer has to do.
 *
 * @example
 * const { passes, needed } = checkChangesets(compareDescriptions(released.bundle, bundle), readChangesets(folder), released.version);
 */
export function checkChangesets(
  changes: readonly Change[],
  changesets: readonly Changeset[],
  released: string,
): ChangesetCheck {
  const largest = largestBump(changes);
  const lower = released.startsWith("0.") ? 1 : 0;
  const needed = largest && bumps[Math.max(0, step(largest) - lower)]!;
  const pending = largestBump(changesets);
  const notes = changesets.map(({ text }) => /^To change:.*/ms.exec(text)?.[0] ?? "").join("\n");
  const unexplained = changes.filter(({ bump, subject }) => bump === "major" && !notes.includes(`\`${subject}\``));
  const enough = needed === undefined || (pending !== undefined && step(pending) >= step(needed));
  return { needed, pending, enough, unexplained, passes: enough && unexplained.length === 0 };
}

function explain(changes: readonly Change[], check: ChangesetCheck, version: string): string {
  const { needed, pending, enough, passes, unexplained } = check;
  if (needed === undefined) return `The description is the same as in version ${version}.`;
  const names = (listed: readonly Change[]): string => listed.map(({ subject }) => `\`${subject}\``).join(", ");
  const list = `The description since version ${version}:\n\n${renderChanges(changes)}`;
  const lower = version.startsWith("0.") ? " (the table of .changeset/README.md, one step lower before 1.0.0)" : "";
  if (passes) return `${list}\n\nThese changes need a ${needed} changeset${lower}, and a ${pending} one is pending.`;
  const problems: string[] = [];
  if (!enough) {
    const there =
      pending === undefined
        ? "no pending changeset names the description"
        : `the pending changesets have only ${pending}`;
    problems.push(`These changes need a ${needed} changeset${lower}, but ${there}.`);
  }
  if (unexplained.length > 0 && pending !== undefined)
    problems.push(
      `No pending changeset explains to consumers what to do about ${names(unexplained)}: list each in a section that begins with "To change:".`,
    );
  const unrated = changes.filter(({ kind }) => kind === "unrated");
  if (unrated.length > 0)
    problems.push(
      `No rule rates ${names(unrated)}, which counts as major: add a rule to packages/toolchain/breaking/rules.ts, or undo the edit.`,
    );
  return `${list}\n\n${problems.join(" ")} Save this as .changeset/description-changes.md, and add the reason:\n\n${renderChangeset(changes, needed)}`;
}

const headings: Readonly<Record<Bump, string>> = {
  major: "Breaking changes",
  minor: "Additions",
  patch: "Texts and examples",
};

/** Changes as Markdown: one section per bump, and for each change what happened, where, who breaks and what to do. */
function renderChanges(changes: readonly Change[]): string {
  const item = ({ what, pointer, whoBreaks, whatToDo, kind, bump }: Change): string =>
    `- ${what} (${kind}, \`${pointer}\`)${bump === "major" ? `\n  - Who breaks: ${whoBreaks}\n  - What to do: ${whatToDo}` : ""}`;
  return (Object.keys(headings) as Bump[])
    .map((bump) => ({ bump, items: changes.filter((change) => change.bump === bump).map(item) }))
    .filter(({ items }) => items.length > 0)
    .map(({ bump, items }) => `### ${headings[bump]}\n\n${items.join("\n")}`)
    .join("\n\n");
}

/** Returns the changeset for some changes, ready to be saved: what changed, a place for the reason, and what a consumer has to do. */
export function renderChangeset(changes: readonly Change[], bump: Bump): string {
  const breaks = changes.filter((change) => change.bump === "major");
  const larger = changes.filter((change) => change.bump !== "patch");
  const sentences = (larger.length > 0 ? larger : changes).map(({ what }) => what);
  const todo =
    breaks.length === 0
      ? "Nothing to do."
      : `To change:\n\n${breaks.map(({ subject, whatToDo }) => `- \`${subject}\`: ${whatToDo}`).join("\n")}`;
  const why = "Why: (the document that states it, and its date).";
  return `---\n"${packageName}": ${bump}\n---\n\n${[...new Set(sentences)].join(" ")} ${why}\n\n${todo}\n`;
}
