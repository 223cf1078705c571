import { relative } from "node:path";
import { type Config, loadConfig } from "@redocly/openapi-core";
import { lintFile } from "../bundle/redocly.ts";
import { type Edit, edited, folder, snapshotOf, pathOf } from "./edited.ts";

/** A problem that the linter reports: the rule, the file and JSON pointer, and what the message says. */
export interface LintProblem {
  rule: string;
  at: string;
  message: string;
}

let loaded: Promise<Config> | undefined;

/**
 * Lints the description as it would be with the edits, by file: the source, or the bundle as it is in `dist`.
 *
 * @example
 * await lintEdited("source", { "servers.yaml": (servers) => delete servers.china["x-source"] });
 */
export async function lintEdited(which: "source" | "bundle", edits: Record<string, Edit> = {}): Promise<LintProblem[]> {
  const config = await (loaded ??= loadConfig({ configPath: pathOf("redocly.yaml") }));
  const [path, alias] = which === "source" ? ["openapi.yaml", "description"] : ["dist/openapi.yaml", "bundle"];
  const snapshot = snapshotOf(edited(edits));
  const found = await lintFile({ path: pathOf(path), kind: "oas3_1", alias }, config, snapshot);
  return found.map(({ ruleId, message, location: [place] }) => ({
    rule: ruleId,
    at: relative(folder, place!.source.absoluteRef).replaceAll("\\", "/") + place!.pointer,
    message,
  }));
}
