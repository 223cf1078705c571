import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { YamlParseError } from "@redocly/openapi-core";
import type { Moment } from "./memory.ts";
import { type Problem, type Show, at } from "./problem.ts";

/** Folders with what is made of the description. */
const made = new Set(["dist", "node_modules", "released", ".turbo"]);

/** The description is YAML, and Markdown in small letters: README.md and the like are about it. */
const sourceName = /\.yaml$|^[a-z][\w-]*\.md$/;

/** The files of a description, found by listing its folder, as absolute paths in order. */
export function sourceFiles(folder: string): string[] {
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !made.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourceFiles(path);
      return sourceName.test(entry.name) ? [path] : [];
    });
  return inside.toSorted();
}

/** The files of a description apart: those that its bundle is made of, and those that only the translations are made of. */
export function separate(
  files: readonly string[],
  folder: string,
): { readonly paths: readonly string[]; readonly overlays: readonly string[]; readonly untranslated: string } {
  const untranslated = join(folder, "untranslated.yaml");
  const overlays = files.filter((path) => dirname(path) === join(folder, "overlays"));
  const paths = files.filter((path) => path !== untranslated && !overlays.includes(path));
  return { paths, overlays, untranslated };
}

/** What is wrong with files as texts, before anybody asks what they say: not UTF-8, not YAML, or empty. */
export function unreadable(paths: readonly string[], moment: Moment, show: Show): Problem[] {
  return paths.flatMap((path) => {
    const { body } = moment.read(path);
    const invalid = body.indexOf("\uFFFD");
    if (invalid !== -1) return [`${at(show(path), body, invalid)} This is not UTF-8. Save the file as UTF-8 again.`];
    try {
      const content = moment.parse(path);
      if (content !== undefined && content !== null && content !== "") return [];
    } catch (error) {
      if (error instanceof YamlParseError) return [toProblem(error, show)];
      throw error;
    }
    return [`${show(path)}:1:1 The file is empty. Put its content back, or delete it with each $ref that leads to it.`];
  });
}

/** A mistake of YAML, with what to do about it. */
function toProblem({ message, line, col, source }: YamlParseError, show: Show): Problem {
  // The parser notices a text without an end only at the end of the file.
  const last = Math.max(1, Math.min(line, source.body.trimEnd().split("\n").length));
  const text = source.getLines()[last - 1] ?? "";
  const said = message.replace(/( in ".*")? ?\(\d+:\d+\)$/, "");
  return `${show(source.absoluteRef)}:${last}:${last === line ? col : text.length + 1} This is not YAML: ${said}. ${advice(said, text)}`;
}

function advice(said: string, line: string): string {
  if (/^ *\t/.test(line)) return "Indent the line with spaces: a tab is not allowed there.";
  if (said.includes("duplicate")) return "Remove one of the two keys, or rename it.";
  return "Compare the indentation, the quotes and the brackets of this line and the one above with those of its neighbours.";
}
