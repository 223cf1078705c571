/** The options of `verify` on the command line. */
import { readFileSync } from "node:fs";
import { InvalidArgumentError, type Command } from "commander";
import { VerifyError, type VerifyOptions } from "../verify/verify-options.ts";

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
