import { statSync } from "node:fs";
import { Command } from "commander";
import { type HarExchanges, readHarFile } from "../har/read.ts";
import { checkExchanges, type CheckReport, checkText } from "../record/check.ts";
import { leftOut, readRecordings } from "../record/folder.ts";
import { action, ruleNames, type Terminal, toRules } from "./options.ts";

interface CheckArguments {
  readonly json?: true;
  readonly ignore?: string;
}

/** Creates `check`, which validates recorded traffic. Exit code 1 for a violation, 2 when there is nothing to validate. */
export function checkCommand(terminal: Terminal): Command {
  return new Command("check")
    .description("validate recorded traffic against the OpenAPI description: a HAR file, or a folder of recordings")
    .argument("<path>", "HAR file, or folder of recordings")
    .option("--json", "write the violations as JSON")
    .option("--ignore <list>", `rules to ignore, comma-separated: ${ruleNames}`)
    .action(action(terminal, (path: string, options: CheckArguments) => run(path, options, terminal)));
}

async function run(path: string, { json, ignore: ignored }: CheckArguments, terminal: Terminal): Promise<0 | 1> {
  const ignore = toRules(ignored);
  const { recordings, skipped, brokenLines } = await read(path);
  if (brokenLines > 0) terminal.writeError(leftOut(brokenLines));
  const exchanges = recordings.flat();
  if (exchanges.length === 0)
    throw new Error(`${path} has no call of an operation of the description: nothing to validate.`);
  const reports: CheckReport[] = [];
  for (const recording of recordings) reports.push(checkExchanges(recording, { ignore }));
  const report: CheckReport = {
    calls: exchanges.length,
    lost: reports.reduce((sum, { lost }) => sum + lost, 0),
    violations: reports.flatMap(({ violations }) => violations),
  };
  const asJson = JSON.stringify({ ...report, brokenLines, skipped: Object.fromEntries(skipped) }, null, 2);
  terminal.write(json ? `${asJson}\n` : checkText(report, skipped));
  return report.violations.length === 0 ? 0 : 1;
}

/** Reads each recording separately: the calls of two callers are not one sequence. */
async function read(path: string): Promise<{
  readonly recordings: readonly HarExchanges["exchanges"][];
  readonly skipped: HarExchanges["skipped"];
  readonly brokenLines: number;
}> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const { files, brokenLines } = readRecordings(path);
    return { recordings: files, skipped: new Map(), brokenLines };
  }
  const { exchanges, skipped } = await readHarFile(path);
  return { recordings: [exchanges], skipped, brokenLines: 0 };
}
