/** The options of `verify` on the command line. */
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { junitXml } from "../report/junit.ts";
import { sarifLog } from "../report/sarif.ts";
import { planText, reportText } from "../report/text.ts";
import type { Outcome, ScenarioResult, VerifyReport } from "../verify/scenario.ts";
import { VerifyError, type VerifyOptions } from "../verify/verify-options.ts";
import { planVerification, verify } from "../verify/verify.ts";

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

export interface VerifyArguments {
  readonly baseUrl: string;
  readonly sdkappid: number;
  readonly identifier: string;
  readonly usersig?: string;
  readonly usersigEnv?: string;
  readonly secretKeyEnv?: string;
  readonly users?: readonly string[];
  readonly usersFile?: string;
  readonly chatGroup?: string;
  readonly markedUser?: string;
  readonly readOnly?: true;
  readonly burst?: boolean;
  readonly documentedOnly?: true;
  readonly only?: readonly string[];
  readonly allowSkipped?: true | readonly string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly rate?: number;
  readonly timeout?: number;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: string;
  readonly junit?: string;
  readonly sarif?: string;
}

/** Adds them to the command. */
export function addVerifyArguments(command: Command): Command {
  return command
    .requiredOption("--base-url <url>", "origin of the provider")
    .requiredOption("--sdkappid <number>", "SDKAppID of the app", toInteger)
    .requiredOption("--identifier <user>", "UserID of an administrator of the app")
    .option("--usersig-env <variable>", "environment variable with a UserSig of the administrator")
    .option(
      "--secret-key-env <variable>",
      "environment variable with the app's secret key; verifies the UserSig checks, too",
    )
    .option("--usersig <text>", "the UserSig itself, which other users of this machine can then see")
    .option("--users <list>", "UserIDs of imported accounts without groups, with commas; made up unless given", toList)
    .option("--users-file <file>", "the same from a file, one on each line")
    .option("--chat-group <id>", "GroupID of a chat group of which all users are members")
    .option("--marked-user <user>", "UserID whose first conversation is one-to-one and has marks")
    .option("--read-only", "make no call that writes, for production")
    .option(
      "--burst",
      "see that calls beyond the rate limit are refused; the default unless the host is the service's own",
    )
    .option("--no-burst", "never make more calls in a second than are allowed")
    .option("--documented-only", "leave out what documents dispute and what the description assumes")
    .option("--only <list>", "run these scenarios, groups or beginnings of IDs only, with commas", toList)
    .option(
      "--allow-skipped [list]",
      "end with 0 although these scenarios lack something they need, named as for --only; all of them without a list",
      toList,
    )
    .option("--seed <number>", "seed of the random bodies, to repeat a run", toInteger)
    .option("--runs <number>", "random bodies for each operation and kind (default 25)", toInteger)
    .option("--rate <number>", "calls per second at most (default four fifths of the documented limit)", toNumber)
    .option("--timeout <ms>", "time for one answer in milliseconds (default 10000)", toInteger)
    .option("--dry-run", "print the plan and make no call")
    .option("--yes", "write to users of the service itself")
    .option("--json <file>", "write the report as JSON")
    .option("--junit <file>", "write the report as JUnit XML")
    .option("--sarif <file>", "write the report as SARIF 2.1.0");
}

/** What they mean. Throws a `VerifyError` when they contradict each other, or name a variable or file that is not there. */
export function toVerifyOptions(options: VerifyArguments): VerifyOptions {
  const {
    baseUrl,
    sdkappid,
    identifier,
    chatGroup,
    markedUser,
    readOnly,
    burst,
    documentedOnly,
    only,
    allowSkipped,
    seed,
    runs,
    yes,
  } = options;
  const given = [options.usersig, options.usersigEnv, options.secretKeyEnv].filter((one) => one !== undefined);
  if (given.length !== 1) throw new VerifyError("Give one of --usersig-env, --secret-key-env and --usersig.");
  const userSig = options.usersig ?? environment("--usersig-env", options.usersigEnv);
  const secretKey = environment("--secret-key-env", options.secretKeyEnv);
  const users = options.users ?? (options.usersFile === undefined ? undefined : lines(options.usersFile));
  const all = {
    baseUrl,
    sdkAppId: sdkappid,
    identifier,
    userSig,
    secretKey,
    users,
    chatGroup,
    markedUser,
    readOnly,
    burst,
    documentedOnly,
    only,
    allowSkipped,
    seed,
    runs,
    yes,
    callsPerSecond: options.rate,
    timeoutMs: options.timeout,
  } satisfies { readonly [Name in keyof VerifyOptions]: VerifyOptions[Name] | undefined };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as VerifyOptions;
}

function environment(option: string, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const value = process.env[name];
  if (!value) throw new VerifyError(`${option}: the environment variable ${name} is not set.`);
  return value;
}

function lines(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new VerifyError(`--users-file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error,
    });
  }
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}

function toList(text: string): string[] {
  const names = text.split(",").filter((name) => name !== "");
  if (names.length === 0) throw new InvalidArgumentError("It must have a name at least.");
  return names;
}

function toInteger(text: string): number {
  const number = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(number)) throw new InvalidArgumentError("It must be an integer.");
  return number;
}

function toNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) throw new InvalidArgumentError("It must be a number.");
  return number;
}

/** Outcomes that are said at once. */
const words: Partial<Readonly<Record<Outcome, string>>> = { failed: "failed", error: "error", notRun: "not run" };

/** Says which scenario failed as soon as it did, and how far it is. */
export function showProgress({ id, outcome }: ScenarioResult, done: number, total: number): void {
  const isTerminal = process.stderr.isTTY;
  const word = words[outcome];
  const bad = word === undefined ? "" : `${word} ${id}\n`;
  if (isTerminal) process.stderr.write(`\r\u001B[K${bad}${done} of ${total} ${done === total ? "\n" : id}`);
  else if (bad !== "" || Math.floor((done * 10) / total) > Math.floor(((done - 1) * 10) / total))
    process.stderr.write(`${bad}${done} of ${total}\n`);
}
