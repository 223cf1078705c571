import { packageName } from "./changesets.ts";
import type { Change } from "./compare.ts";
import type { Bump } from "./rows.ts";

const headings: Readonly<Record<Bump, string>> = {
  major: "Breaking changes",
  minor: "Additions",
  patch: "Texts and examples",
};

/**
 * Changes as Markdown: one section per bump, and for each change what happened, where, who breaks and what to do.
 *
 * @example
 * console.log(renderChanges(compareDescriptions(released, bundle)));
 */
export function renderChanges(changes: readonly Change[]): string {
  const sections = (Object.keys(headings) as Bump[]).flatMap((bump) => {
    const ofBump = changes.filter((change) => change.bump === bump);
    return ofBump.length === 0 ? [] : [`### ${headings[bump]}\n\n${ofBump.map(item).join("\n")}`];
  });
  return sections.length === 0 ? "Nothing changed." : sections.join("\n\n");
}

/** The changeset for some changes, ready to be saved: what changed, a place for the reason, and what a consumer has to do. */
export function renderChangeset(changes: readonly Change[], bump: Bump): string {
  const breaking = changes.filter((change) => change.bump === "major");
  const told = (changes.some((change) => change.bump !== "patch") ? changes.filter(noText) : changes).map(
    ({ what }) => what,
  );
  const todo =
    breaking.length === 0
      ? "Nothing to do."
      : `To change:\n\n${breaking.map(({ subject, whatToDo }) => `- \`${subject}\`: ${whatToDo}`).join("\n")}`;
  const why = "Why: (the document that says so, and its date).";
  return `---\n"${packageName}": ${bump}\n---\n\n${[...new Set(told)].join(" ")} ${why}\n\n${todo}\n`;
}

function noText({ bump }: Change): boolean {
  return bump !== "patch";
}

function item({ what, pointer, whoBreaks, whatToDo, kind, bump }: Change): string {
  const place = `- ${what} (${kind}, \`${pointer}\`)`;
  return bump === "major" ? `${place}\n  - Who breaks: ${whoBreaks}\n  - What to do: ${whatToDo}` : place;
}
