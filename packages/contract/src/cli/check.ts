import { Command } from "commander";
import type { ExitCode } from "../exit-codes.ts";
import { checkExchanges } from "../record/check.ts";
import { addReportOptions, checkReportOptions, type ReportOptions } from "../report/write-reports.ts";
import { addJudged, judgedOf, type Verdict, verdictOf } from "../verdict.ts";
import { exitCodeOf, usageWithProgram } from "./child.ts";
import { action, exitCodesHelp, ruleNames, type Terminal, toRules } from "./options.ts";
import { addRecordedOptions, readRecorded, type Recorded, type RecordedArguments } from "./recorded.ts";
import { reportVerdict } from "./report-calls.ts";

interface CheckArguments extends RecordedArguments, ReportOptions {
  readonly ignore?: string;
}

/** Creates `check`, which validates recorded traffic. */
export function checkCommand(terminal: Terminal, program: readonly string[]): Command {
  const command = new Command("check")
    .description("validate recorded traffic against the OpenAPI description: a HAR file, or a folder of recordings")
    .usage(`[path] ${usageWithProgram}`)
    .argument("[path]", "HAR file, or folder of recordings")
    .option("--ignore <list>", `rules to ignore, comma-separated: ${ruleNames}`);
  return addReportOptions(addRecordedOptions(command.addHelpText("after", exitCodesHelp))).action(
    action(terminal, (path: string | undefined, options: CheckArguments) => check(path, program, options, terminal)),
  );
}

async function check(
  path: string | undefined,
  program: readonly string[],
  options: CheckArguments,
  terminal: Terminal,
): Promise<number> {
  const ignore = toRules(options.ignore);
  checkReportOptions(options, "check");
  const recorded = await readRecorded(path, program, options, terminal);
  const { recordings, exchanges, skipped, brokenLines, ended } = recorded;
  const reports = recordings.map((recording) => ({ recording, ...checkExchanges(recording, { ignore }) }));
  const violations = reports.flatMap((report) => report.violations);
  const judged = reports.reduce(
    (sum, { recording, withoutResponse }) => addJudged(sum, judgedOf(recording, [], { noResponse: withoutResponse })),
    judgedOf([], [], { brokenLines }),
  );
  const found = staleVerdict(recorded) ?? verdictOf(judged);
  const verdict = found.outcome === "notRun" && exchanges.length === 0 ? { ...found, text: noCall } : found;
  const code: ExitCode = reportVerdict(
    {
      name: "check",
      exchanges,
      violations,
      verdict: { ...verdict, text: [verdict.text, ...skippedText(skipped)].join("\n") },
      reports: options,
      data: { brokenLines, skipped: Object.fromEntries(skipped) },
    },
    // The output of the program stays as it is.
    ended ? { ...terminal, write: terminal.writeError } : terminal,
  );
  return ended ? exitCodeOf(ended, code) : code;
}

const noCall = "There is no call of an operation of the description: nothing to validate.";

/** A recording of an earlier run is none of this run. */
export function staleVerdict({ stale }: Pick<Recorded, "stale">): Verdict | undefined {
  return stale === undefined ? undefined : { outcome: "notRun", text: stale };
}

function skippedText(skipped: ReadonlyMap<string, number>): string[] {
  const others = [...skipped.values()].reduce((sum, times) => sum + times, 0);
  if (others === 0) return [];
  return [`${others} other ${others === 1 ? "entry" : "entries"} skipped: ${[...skipped.keys()].join(", ")}.`];
}
