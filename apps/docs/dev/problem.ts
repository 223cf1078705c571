import { relative } from "node:path";
import { getLineColLocation, type NormalizedProblem, YamlParseError } from "@redocly/openapi-core";

/** Something wrong with the description, as the terminal shows it: `openapi/servers.yaml:3:5 message (rule)`. */
export type Problem = string;

/** The problems that Redocly found, each once, with paths relative to `base` so that a terminal can open them. */
export function toProblems(found: readonly NormalizedProblem[], base: string): Problem[] {
  const problems = found
    .filter(({ ignored }) => !ignored)
    .map(({ location: [place], message, ruleId, suggest }) => {
      const hint = suggest.length > 0 ? ` Did you mean ${suggest.join(", ")}?` : "";
      const text = `${message.trim().replaceAll(/\s*\n\s*/g, " ")}${hint} (${ruleId})`;
      if (place === undefined) return text;
      const { line, col } = getLineColLocation(place).start;
      return `${relative(base, place.source.absoluteRef)}:${line}:${col} ${text}`;
    });
  return [...new Set(problems)];
}

/** The problem of a root file that cannot be read or is no YAML. Anything else is a fault of the program and thrown on. */
export function unreadable(error: unknown, base: string): Problem {
  if (error instanceof YamlParseError) {
    const place = `${relative(base, error.source.absoluteRef)}:${error.line}:${error.col}`;
    return `${place} ${error.message.split("\n")[0]}`;
  }
  if (error instanceof Error && "code" in error && error.code === "ENOENT")
    return `${error.message}. Put the file back.`;
  throw error;
}
