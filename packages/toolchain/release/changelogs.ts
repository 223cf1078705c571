import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Adds the changes of the description to the CHANGELOG of each package that is generated from it: its types, texts and checks changed as well. Changes that the
 * section of a package already lists are not repeated.
 *
 * @param folders The packages' folders, from the root of the repository, that of the description first.
 */
export function carryChanges(
  repository: string,
  version: string,
  [description = "", ...others]: readonly string[],
): void {
  const read = (folder: string): string => readFileSync(join(repository, folder, "CHANGELOG.md"), "utf8");
  const changes = itemsOf(sectionOf(read(description), version));
  for (const folder of others) {
    const text = read(folder);
    const section = sectionOf(text, version);
    const known = new Set(itemsOf(section).map(plain));
    const missing = changes.filter((item) => !known.has(plain(item)));
    if (missing.length === 0) continue;
    const own = itemsOf(section).length > 0 ? `${section.trimEnd()}\n\n` : "";
    const carried = `${own}### From the description\n\n${missing.join("\n")}\n\n`;
    writeFileSync(
      join(repository, folder, "CHANGELOG.md"),
      text.replace(`## ${version}\n${section}`, () => `## ${version}\n\n${carried.trimStart()}`),
    );
  }
}

/** Returns the text under the heading of a version. */
function sectionOf(changelog: string, version: string): string {
  const start = changelog.indexOf(`## ${version}\n`);
  if (start === -1) return "";
  const rest = changelog.slice(start + `## ${version}\n`.length);
  const end = rest.search(/^## /m);
  return end === -1 ? rest : rest.slice(0, end);
}

/** Returns the items of its lists, each with the lines that belong to it. */
function itemsOf(section: string): string[] {
  return section
    .split(/^(?=- |#)/m)
    .filter((part) => part.startsWith("- ") && !part.startsWith("- Updated dependencies"))
    .map((part) => part.trimEnd());
}

/** Returns an item without the commit that its first line can name. */
function plain(item: string): string {
  return item.replace(/^- (?:[0-9a-f]{7,40}: )?/, "").replaceAll(/\s+/g, " ");
}
