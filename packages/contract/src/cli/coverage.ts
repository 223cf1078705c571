import { writeFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import {
  belowMinimum,
  type Coverage,
  type Dimension,
  dimensions,
  measureCoverage,
  type Minimums,
  percent,
} from "../coverage/coverage.ts";
import { coverageHtml, coverageText } from "../coverage/report.ts";
import { leftOut, readRecordings, recordVariable } from "../record/folder.ts";

const minimumName = (dimension: Dimension): string => `min${dimension[0]?.toUpperCase()}${dimension.slice(1)}`;

/** `coverage`: what the code under test has met of the description. Exit code 1 below a minimum, 2 when nothing can be read or written. */
export function coverageCommand(): Command {
  const command = new Command("coverage")
    .description(`measure what your tests met, from the folder that ${recordVariable} named while they ran`)
    .argument("<folder>", "folder with recordings")
    .option("--json", "write the report as JSON")
    .option("--html <file>", "write the report as one HTML page");
  for (const dimension of dimensions) {
    command.addOption(
      new Option(`--min-${dimension} <percent>`, `exit with 1 when less of the ${dimension} was met`).argParser(
        toPercent,
      ),
    );
  }
  return command.action((folder: string, options: Readonly<Record<string, unknown>>) => {
    try {
      process.exitCode = report(folder, options);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    }
  });
}

function report(folder: string, options: Readonly<Record<string, unknown>>): 0 | 1 {
  const { exchanges, brokenLines } = readRecordings(folder);
  if (brokenLines > 0) process.stderr.write(leftOut(brokenLines));
  const coverage = measureCoverage(exchanges);
  if (coverage.totals.operations.met === 0)
    throw new Error(`The folder ${folder} holds no whole call of an operation that was answered: nothing to measure.`);
  const { json, html } = options;
  if (typeof html === "string") writeFileSync(html, coverageHtml(coverage));
  process.stdout.write(json ? toJson(coverage) : coverageText(coverage));

  const given = dimensions.map((dimension) => [dimension, options[minimumName(dimension)]] as const);
  const minimums = Object.fromEntries(given.filter(([, least]) => least !== undefined)) as Minimums;
  const complaints = belowMinimum(coverage, minimums);
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  return complaints.length === 0 ? 0 : 1;
}

function toJson(coverage: Coverage): string {
  const percents = Object.fromEntries(dimensions.map((dimension) => [dimension, percent(coverage.totals[dimension])]));
  return `${JSON.stringify({ percents, ...coverage }, null, 2)}\n`;
}

function toPercent(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !(number >= 0 && number <= 100))
    throw new InvalidArgumentError("It must be a number from 0 to 100.");
  return number;
}
