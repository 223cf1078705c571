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
import { leftOut, readRecordings, recordVariable } from "../record/folder.ts";
import { action, type Terminal, toNumber } from "./options.ts";

const minimumName = (dimension: Dimension): string => `min${dimension[0]?.toUpperCase()}${dimension.slice(1)}`;

/** Creates `coverage`, which measures how much of the description the code under test covers. Exit code 1 below a minimum, 2 when nothing can be read or written. */
export function coverageCommand(terminal: Terminal): Command {
  const command = new Command("coverage")
    .description(`measure what your tests cover, from the folder that ${recordVariable} named while they ran`)
    .argument("<folder>", "folder with recordings")
    .option("--json", "write the report as JSON");
  for (const dimension of dimensions) {
    command.addOption(
      new Option(
        `--min-${dimension} <percent>`,
        `minimum percentage of covered ${dimension}; below it, exit with 1`,
      ).argParser(toNumber(0, 100)),
    );
  }
  return command.action(
    action(terminal, (folder: string, options: Readonly<Record<string, unknown>>) => report(folder, options, terminal)),
  );
}

function report(folder: string, options: Readonly<Record<string, unknown>>, terminal: Terminal): 0 | 1 {
  const { exchanges, brokenLines } = readRecordings(folder);
  if (brokenLines > 0) terminal.writeError(leftOut(brokenLines));
  const coverage = measureCoverage(exchanges);
  if (coverage.totals.operations.covered === 0)
    throw new Error(`The folder ${folder} has no call of an operation with a complete response: nothing to measure.`);
  terminal.write(options["json"] ? toJson(coverage) : coverageText(coverage));

  const given = dimensions.map((dimension) => [dimension, options[minimumName(dimension)]] as const);
  const minimums = Object.fromEntries(given.filter(([, least]) => least !== undefined)) as Minimums;
  const missed = belowMinimum(coverage, minimums);
  for (const line of missed) terminal.writeError(`${line}\n`);
  return missed.length === 0 ? 0 : 1;
}

function toJson(coverage: Coverage): string {
  const percents = Object.fromEntries(dimensions.map((dimension) => [dimension, percent(coverage.totals[dimension])]));
  return `${JSON.stringify({ percents, ...coverage }, null, 2)}\n`;
}
