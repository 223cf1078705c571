import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { bumps } from "./compare.ts";
import type { Bump } from "./kinds.ts";

/** A pending changeset, as far as it is about the description. */
export interface Changeset {
  /** File name in `.changeset`. */
  file: string;
  bump: Bump;
  text: string;
}

/** The name of the package that contains the released description. */
export const packageName = "@contact-groups/openapi";

/**
 * Returns the pending changesets of a folder that name the description's package.
 *
 * @throws Error if the heading of a changeset is missing or invalid.
 */
export function readChangesets(folder: string): Changeset[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".md") && file !== "README.md");
  return files.toSorted().flatMap((file) => {
    const { heading, text } = parts(readFileSync(join(folder, file), "utf8"), file);
    const bump = heading[packageName];
    return isBump(bump) ? [{ file, bump, text }] : [];
  });
}

function parts(content: string, file: string): { heading: Record<string, unknown>; text: string } {
  const found = /^---\r?\n(.*?)\r?\n?---\r?\n(.*)$/s.exec(content);
  if (!found)
    throw new Error(`.changeset/${file} must begin with "---", a line such as "${packageName}": minor, and "---".`);
  let heading: unknown;
  try {
    heading = parse(found[1]!);
  } catch (cause) {
    throw new Error(
      `.changeset/${file} has a heading that is not YAML: ${(cause as Error).message} Write a line such as "${packageName}": minor.`,
      { cause },
    );
  }
  return { heading: (heading ?? {}) as Record<string, unknown>, text: found[2]!.trim() };
}

function isBump(value: unknown): value is Bump {
  return bumps.some((bump) => bump === value);
}
