import { closeSync, openSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { junitXml } from "../report/junit.ts";
import { planText } from "../report/plan-text.ts";
import { reportText } from "../report/report-text.ts";
import { sarifLog } from "../report/sarif.ts";
import { planVerification, verify } from "../verify/verify.ts";
import type { VerifyReport } from "../verify/verify-report.ts";
import { addVerifyArguments, toVerifyOptions, type VerifyArguments } from "./verify-arguments.ts";
import { showProgress } from "./verify-progress.ts";

/** `verify`: judges a provider. Exit code 1 when it breaks the contract, 2 when that cannot be found out. */
export function verifyCommand(): Command {
  const command = new Command("verify").description(
    "verify that a provider (the service, an emulator, a gateway) behaves as the OpenAPI description says",
  );
  return addVerifyArguments(command).action(async (options: VerifyArguments) => {
    try {
      process.exitCode = await run(options);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    }
  });
}

async function run(options: VerifyArguments): Promise<0 | 1 | 2> {
  const given = toVerifyOptions(options);
  if (options.dryRun) {
    process.stdout.write(planText(planVerification(given), given.baseUrl));
    return 0;
  }
  // Found out now, not after minutes of calls.
  for (const [option, file] of Object.entries({ json: options.json, junit: options.junit, sarif: options.sarif }))
    if (file !== undefined) tryToWrite(option, file);
  const report = await verify({
    ...given,
    onPlan: (plan) => void process.stdout.write(planText(plan, given.baseUrl)),
    onProgress: showProgress,
  });
  process.stdout.write(`\n${reportText(report)}`);
  write(options.json, () => `${JSON.stringify(report, null, 2)}\n`);
  write(options.junit, () => junitXml(report));
  write(options.sarif, () => `${JSON.stringify(sarifLog(report), null, 2)}\n`);
  return exitCode(report);
}

/** A provider that broke the contract counts more than one that did not answer. */
function exitCode({ totals }: VerifyReport): 0 | 1 | 2 {
  if (totals.failed > 0) return 1;
  return totals.error > 0 || totals.passed === 0 ? 2 : 0;
}

/** Makes the file when there is none. */
function tryToWrite(option: string, file: string): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`--${option} ${file} cannot be written (${code}). Name a file in a folder that is there.`, {
      cause: error,
    });
  }
}

function write(file: string | undefined, text: () => string): void {
  if (file !== undefined) writeFileSync(file, text());
}
