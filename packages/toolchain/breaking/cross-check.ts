import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Change } from "./compare.ts";
import { bumpTable } from "./kinds.ts";

/** A change in the report of `redocly diff --format=json`. */
interface Reported {
  verdicts: { impact: string; message: string; location: { pointer: string } }[];
}

/** The program of the Redocly CLI. */
const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");

/** Rules of Redocly that are left out. */
const disagreements = [
  // It pairs the members of a combination by their place, so a field added inside one reads as one removed and one added.
  "schema-combinator-changed",
  // It calls a wider limit of a response breaking; in the table of .changeset/README.md that is minor.
  "schema-constraint-changed",
];

/**
 * Returns the changes that `redocly diff` calls major and the rules of this folder do not, as changes without a rule. Redocly's rules are independent and
 * know the standard keywords, so a change that only they find shows that a rule is missing here.
 *
 * @param before Path of the older bundle.
 * @param after Path of the newer bundle.
 * @throws Error if Redocly writes no report. The message has its output.
 */
export function crossCheck(before: string, after: string, changes: readonly Change[]): Change[] {
  const known = changes.filter(({ bump }) => bump === "major").flatMap(({ pointer, also }) => [pointer, ...also]);
  const reported = report(before, after);
  const newer: unknown = JSON.parse(readFileSync(after, "utf8"));
  return reported
    .flatMap(({ verdicts }) => verdicts)
    .filter(({ impact }) => impact === "major")
    .map(({ message, location }) => ({ message, pointer: location.pointer.replace(/^#/, "") }))
    .filter(({ pointer }) => !known.some((other) => related(pointer, other)) && !listsErrors(newer, pointer))
    .map(({ message, pointer }) => {
      const { bump, whoBreaks, whatToDo } = bumpTable.unrated;
      return {
        kind: "unrated",
        bump,
        pointer,
        subject: pointer,
        what: `\`redocly diff\`: ${message}`,
        whoBreaks,
        whatToDo,
        also: [],
      };
    });
}

function report(before: string, after: string): Reported[] {
  const config = fileURLToPath(new URL("redocly-diff.yaml", import.meta.url));
  const skipped = disagreements.map((rule) => `--skip-rule=${rule}`);
  const options = [`--config=${config}`, "--format=json", "--fail-on=none", ...skipped];
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "diff", before, after, ...options], {
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    encoding: "utf8",
    // A report contains every added and removed node.
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`redocly diff wrote no report. Its output: ${stderr || stdout}`);
  return (JSON.parse(stdout) as { changes: Reported[] }).changes;
}

/** Returns whether a pointer is to the codes that the bundler lists from the catalogue. The list is open, and the catalogue's own rules rate its entries. */
function listsErrors(document: unknown, pointer: string): boolean {
  const [, ...segments] = pointer.replace(/\/enum(\/.*)?$/, "").split("/");
  const schema = segments.reduce<unknown>((node, segment) => Object(node)[segment], document);
  return "x-enum-varnames" in Object(schema);
}

/** Returns whether one pointer is the other, or leads to it. */
function related(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}
