import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { exitCodes as codes } from "../exit-codes.ts";
import { readRecordings, recordVariable } from "../record/folder.ts";
import { findingsOfReport } from "../report/from-verify.ts";
import { planText } from "../report/plan-text.ts";
import { runOfReport } from "../report/run.ts";
import { count } from "../report/words.ts";
import { addReportOptions, checkReportOptions, type ReportOptions, writeReports } from "../report/write-reports.ts";
import type { ScenarioOutcome, ScenarioResult } from "../verify/scenario.ts";
import { VerifyError, type VerifyOptions } from "../verify/verify-options.ts";
import { planVerification, verify } from "../verify/verify.ts";
import { terminalWithFlags } from "./option-names.ts";
import { addHeaderOptions, type HeaderArguments, headersOf } from "./headers.ts";
import { action, type Terminal, toInteger, toNumber } from "./options.ts";

/** Creates `verify`, which validates a provider. */
export function verifyCommand(given: Terminal): Command {
  const terminal = terminalWithFlags(given);
  const command = new Command("verify")
    .description("verify that a provider (the service, an emulator, a gateway) behaves as the OpenAPI description says")
    .addHelpText("after", exitCodesHelp);
  return addReportOptions(addVerifyArguments(command)).action(
    action(terminal, (options: VerifyArguments) => run(options, terminal)),
  );
}

const exitCodesHelp = `
Exit codes:
  ${codes.passed}  every selected scenario ran and passed, or failed only with findings of --baseline
  ${codes.failed}  a scenario failed: the provider breaks the contract
  ${codes.invalidUsage}  invalid usage, or the provider cannot be reached or rejects every call
  ${codes.notRun}  a selected scenario did not run, or none ran; --allow-skipped accepts it
  ${codes.notJudged}  a scenario could not be judged: no response, or calls that were too slow`;

async function run(options: VerifyArguments, terminal: Terminal): Promise<number> {
  const given = { ...toVerifyOptions(options, terminal.environment), ...consumerOf(options) };
  if (options.dryRun) {
    terminal.write(planText(planVerification(given), given.baseUrl));
    return codes.passed;
  }
  checkReportOptions(options, "verify");
  const report = await verify({
    ...given,
    onPlan: (plan) => terminal.write(planText(plan, given.baseUrl)),
    onProgress: createProgress(terminal),
  });
  terminal.write("\n");
  return writeReports(findingsOfReport(report), runOfReport(report), options, terminal);
}

/** Reads the recorded calls of the consumer. Without some of them, what it needs would look like what it does not use. */
function consumerOf({ consumer }: VerifyArguments): Pick<VerifyOptions, "consumer"> {
  if (consumer === undefined) return {};
  const { exchanges, brokenLines } = readRecordings(consumer);
  if (brokenLines > 0)
    throw new VerifyError(
      `--consumer ${consumer} has ${count(brokenLines, "line")} that cannot be read, so what the consumer needs is not known. Record its calls again.`,
    );
  return { consumer: exchanges };
}

interface VerifyArguments extends ReportOptions, HeaderArguments {
  readonly baseUrl: string;
  readonly sdkappid?: number;
  readonly identifier?: string;
  readonly usersig?: string;
  readonly usersigEnv?: string;
  readonly secretKeyEnv?: string;
  readonly gatewaySigns?: true;
  readonly users?: readonly string[];
  readonly usersFile?: string;
  readonly chatGroup?: string;
  readonly readOnly?: true;
  readonly burst?: boolean;
  readonly documentedOnly?: true;
  readonly only?: readonly string[];
  readonly allowSkipped?: true | readonly string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly rate?: number;
  readonly timeout?: number;
  readonly consumer?: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** Adds the options to the command. */
function addVerifyArguments(command: Command): Command {
  return addHeaderOptions(command)
    .requiredOption("--base-url <url>", "address of the provider; that of a gateway can have a path")
    .option("--sdkappid <number>", "SDKAppID of the app; required", toInteger(1, Number.MAX_SAFE_INTEGER))
    .option("--identifier <user>", "UserID of an app administrator; required")
    .option("--usersig-env <variable>", "environment variable with a UserSig of the administrator")
    .option(
      "--secret-key-env <variable>",
      "environment variable with the app's secret key; also verifies the UserSig checks",
    )
    .option("--usersig <text>", "the UserSig itself, visible to other users of this machine")
    .option(
      "--gateway-signs",
      "the provider is a gateway that adds the credentials: send no UserSig, --sdkappid and --identifier only if given",
    )
    .option(
      "--users <list>",
      "UserIDs of imported accounts without groups, comma-separated (default: generated names)",
      toList,
    )
    .option("--users-file <file>", "the same from a file, one per line")
    .option("--chat-group <id>", "GroupID of a chat group of which all users are members")
    .option("--read-only", "send no request that writes, for production")
    .option("--burst", "check that calls over the rate limit are rejected (default for a loopback address only)")
    .option("--no-burst", "never exceed the rate limit")
    .option("--documented-only", "skip what documents dispute and what the description assumes")
    .option("--only <list>", "run only these scenarios, groups or ID prefixes, comma-separated", toList)
    .option(
      "--allow-skipped [list]",
      "exit with 0 even if these scenarios (as in --only; without a list, all) lack something that they need",
      toList,
    )
    .option("--seed <number>", "seed of the random bodies, to reproduce a run", toInteger(-(2 ** 31), 2 ** 31 - 1))
    .option("--runs <number>", "random bodies for each operation and kind (default 25)", toInteger(0, 2 ** 31 - 1))
    .option(
      "--rate <number>",
      "maximum number of calls in any second (default: four fifths of the documented limit)",
      toNumber(0, Number.MAX_SAFE_INTEGER),
    )
    .option("--timeout <ms>", "time limit of one response in milliseconds (default 10000)", toInteger(1, 2 ** 31 - 1))
    .option(
      "--consumer <folder>",
      `folder with a consumer's recorded calls, as ${recordVariable} or proxy --record writes it: only what this consumer needs decides the exit code`,
    )
    .option("--dry-run", "print the plan and send no request")
    .option("--yes", "allow writing to a host that is not a loopback address");
}

/** Converts the arguments to options. Throws a `VerifyError` when they contradict each other, or a variable or file does not exist. */
function toVerifyOptions(options: VerifyArguments, variables: Terminal["environment"]): VerifyOptions {
  const {
    baseUrl,
    sdkappid,
    identifier,
    chatGroup,
    readOnly,
    burst,
    documentedOnly,
    only,
    allowSkipped,
    seed,
    runs,
    yes,
  } = options;
  const { usersig, usersigEnv, secretKeyEnv, gatewaySigns } = options;
  const given = [usersig, usersigEnv, secretKeyEnv, gatewaySigns].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new VerifyError(
      `Exactly one of --usersig-env, --secret-key-env, --usersig and --gateway-signs is required, but ${given.length} are given.`,
    );
  const userSig = options.usersig ?? environment("--usersig-env", options.usersigEnv, variables);
  const secretKey = environment("--secret-key-env", options.secretKeyEnv, variables);
  const users = options.users ?? (options.usersFile === undefined ? undefined : lines(options.usersFile));
  const all = {
    baseUrl,
    sdkAppId: sdkappid,
    identifier,
    userSig,
    secretKey,
    headers: headersOf(options, variables),
    gatewaySigns,
    users,
    chatGroup,
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

function environment(option: string, name: string | undefined, variables: Terminal["environment"]): string | undefined {
  if (name === undefined) return undefined;
  const value = variables[name];
  if (!value) throw new VerifyError(`${option}: the environment variable ${name} is not set.`);
  return value;
}

function lines(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new VerifyError(
      `--users-file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Give a file with one UserID per line.`,
      {
        cause: error,
      },
    );
  }
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}

function toList(text: string): string[] {
  const names = text.split(",").filter((name) => name !== "");
  if (names.length === 0) throw new InvalidArgumentError("At least one name is required.");
  return names;
}

/** Outcomes that are reported immediately. */
const words: Partial<Readonly<Record<ScenarioOutcome, string>>> = {
  failed: "failed",
  error: "not judged",
  notRun: "not run",
};

/** Maximum number of scenarios that are reported while others run; one cause can fail hundreds, and the report groups them. */
const mostReported = 10;

/** Creates the function that reports the progress, and immediately the first scenarios that did not pass. */
function createProgress(terminal: Terminal): (result: ScenarioResult, done: number, total: number) => void {
  let reported = 0;
  return ({ id, outcome }, done, total) => {
    const word = words[outcome];
    if (word !== undefined) reported += 1;
    const bad = word === undefined || reported > mostReported ? "" : `${word} ${id}\n`;
    if (terminal.isInteractive)
      terminal.writeError(`\r\u001B[K${bad}${done} of ${total} ${done === total ? "\n" : id}`);
    else if (Math.floor((done * 10) / total) > Math.floor(((done - 1) * 10) / total))
      terminal.writeError(`${bad}${done} of ${total}\n`);
    else if (bad !== "") terminal.writeError(bad);
  };
}
