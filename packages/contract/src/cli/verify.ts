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

/** `verify`: judges a provider. `VerifyReport` says what its exit codes are. */
export function verifyCommand(): Command {
  const command = new Command("verify")
    .description("verify that a provider (the service, an emulator, a gateway) behaves as the OpenAPI description says")
    .addHelpText("after", exitCodes);
  return addVerifyArguments(command).action(async (options: VerifyArguments) => {
    try {
      process.exitCode = await run(options);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    }
  });
}

const exitCodes = `
Exit codes:
  0  every scenario that was wanted ran and passed
  1  a scenario failed: the provider breaks the contract
  2  wrong usage, no way to the provider, or a scenario without a response
  3  a wanted scenario did not run, or none did; --allow-skipped allows it`;

async function run(options: VerifyArguments): Promise<VerifyReport["exitCode"]> {
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
  return report.exitCode;
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
