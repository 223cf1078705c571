import { Command, Option } from "commander";
import {
  belowMinimum,
  type Coverage,
  type Dimension,
  dimensions,
  measureCoverage,
  type Minimums,
  percent,
} from "../coverage/coverage.ts";
import { coverageText } from "../coverage/report.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { recordVariable } from "../record/folder.ts";
import { judgedOf, verdictOf } from "../verdict.ts";
import { staleVerdict } from "./check.ts";
import { exitCodeOf, usageWithProgram } from "./child.ts";
import { action, exitCodesHelp, type Terminal, toNumber } from "./options.ts";
import { addRecordedOptions, readRecorded, type Recorded, type RecordedArguments } from "./recorded.ts";

const minimumName = (dimension: Dimension): string => `min${dimension[0]?.toUpperCase()}${dimension.slice(1)}`;

/** Creates `coverage`, which measures how much of the description the code under test covers. */
export function coverageCommand(terminal: Terminal, program: readonly string[]): Command {
  const command = new Command("coverage")
    .description(`measure what your tests cover, from the folder that ${recordVariable} named while they ran`)
    .usage(`[path] ${usageWithProgram}`)
    .argument("[path]", "folder with recordings, or HAR file")
    .option("--json", "write the report as JSON");
  for (const dimension of dimensions) {
    command.addOption(
      new Option(
        `--min-${dimension} <percent>`,
        `minimum percentage of covered ${dimension}; below it, exit with ${exitCodes.failed}`,
      ).argParser(toNumber(0, 100)),
    );
  }
  return addRecordedOptions(command.addHelpText("after", exitCodesHelp)).action(
    action(
      terminal,
      async (path: string | undefined, options: RecordedArguments & Readonly<Record<string, unknown>>) => {
        const recorded = await readRecorded(path, program, options, terminal);
        const { ended } = recorded;
        // The output of the program stays as it is.
        const code = report(recorded, options, ended ? { ...terminal, write: terminal.writeError } : terminal);
        return ended ? exitCodeOf(ended, code) : code;
      },
    ),
  );
}

function report(recorded: Recorded, options: Readonly<Record<string, unknown>>, terminal: Terminal): ExitCode {
  const coverage = measureCoverage(recorded.exchanges);
  terminal.write(options["json"] ? toJson(coverage) : coverageText(coverage));

  const given = dimensions.map((dimension) => [dimension, options[minimumName(dimension)]] as const);
  const minimums = Object.fromEntries(given.filter(([, least]) => least !== undefined)) as Minimums;
  const missed = belowMinimum(coverage, minimums);
  for (const line of missed) terminal.writeError(`${line}\n`);

  const { outcome, text } = verdictOnCoverage(coverage, recorded);
  if (outcome !== "passed") terminal.writeError(`${text}\n`);
  // What is missing from the recording can be what a minimum lacks.
  return missed.length > 0 && outcome === "passed" ? exitCodes.failed : exitCodes[outcome];
}

function verdictOnCoverage(coverage: Coverage, recorded: Recorded): ReturnType<typeof verdictOf> {
  const { exchanges, brokenLines } = recorded;
  if (coverage.totals.operations.covered === 0 && brokenLines === 0)
    return { outcome: "notRun", text: "No call of an operation has a complete response: nothing to measure." };
  return staleVerdict(recorded) ?? verdictOf({ ...judgedOf(exchanges, []), notJudged: { brokenLines } });
}

function toJson(coverage: Coverage): string {
  const percents = Object.fromEntries(dimensions.map((dimension) => [dimension, percent(coverage.totals[dimension])]));
  return `${JSON.stringify({ percents, ...coverage }, null, 2)}\n`;
}
