import { statSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { type HarExchanges, readHarFile } from "../har/read.ts";
import { toHar } from "../har/write.ts";
import { loadPrism } from "../prism.ts";
import { checkExchanges, type CheckReport, checkText } from "../record/check.ts";
import { leftOut, readRecordings } from "../record/folder.ts";
import { ruleNames, toRules } from "./options.ts";

interface Options {
  readonly json?: true;
  readonly har?: string;
  readonly ignore?: string;
}

/** `check`: judges recorded traffic. Exit code 1 when something is not as described, 2 when there is nothing to judge. */
export function checkCommand(): Command {
  return new Command("check")
    .description("judge recorded traffic against the OpenAPI description: a HAR file, or a folder of recordings")
    .argument("<path>", "HAR file, or folder of recordings")
    .option("--json", "write the findings as JSON")
    .option("--har <file>", "write the calls, redacted, as a HAR file")
    .option("--ignore <list>", `rules that are not applied, with commas: ${ruleNames}`)
    .action(async (path: string, options: Options) => {
      try {
        process.exitCode = await run(path, options);
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 2;
      }
    });
}

async function run(path: string, { json, har, ignore: ignored }: Options): Promise<0 | 1> {
  const ignore = toRules(ignored);
  const { recordings, skipped, brokenLines } = await read(path);
  if (brokenLines > 0) process.stderr.write(leftOut(brokenLines));
  const exchanges = recordings.flat();
  if (exchanges.length === 0)
    throw new Error(`${path} holds no call of an operation of the description: nothing to judge.`);
  if (har !== undefined) writeFileSync(har, `${JSON.stringify(toHar(exchanges), null, 2)}\n`);
  const prism = await loadPrism();
  const reports: CheckReport[] = [];
  for (const recording of recordings) reports.push(await checkExchanges(recording, prism, { ignore }));
  const report: CheckReport = {
    calls: exchanges.length,
    lost: reports.reduce((sum, { lost }) => sum + lost, 0),
    violations: reports.flatMap(({ violations }) => violations),
    answers: reports.flatMap(({ answers }) => answers),
  };
  const asJson = JSON.stringify({ ...report, brokenLines, skipped: Object.fromEntries(skipped) }, null, 2);
  process.stdout.write(json ? `${asJson}\n` : checkText(report, skipped));
  return report.violations.length + report.answers.length === 0 ? 0 : 1;
}

/** Each recording by itself, because what one caller does after the other says nothing of either. */
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
