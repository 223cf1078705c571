/** Shared parts of the commands: the terminal, the exit codes, and the parsers of options. */
import { watchForEnd } from "@contact-groups/core/process-end";
import { InvalidArgumentError } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { rules } from "../judge/judge.ts";
import type { RuleName } from "../judge/violation.ts";

/** Where a command runs: a process, or a test. */
export interface Terminal {
  write(text: string): void;
  writeError(text: string): void;
  /** Whether `writeError` goes to a screen. */
  readonly isInteractive: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  setExitCode(code: number): void;
  /** Reports when the command must stop, and until then keeps the process alive; returns a function that stops this. */
  readonly watchForEnd: typeof watchForEnd;
}

/** The process's own terminal. */
export const processTerminal: Terminal = {
  write: (text) => print(process.stdout, text),
  writeError: (text) => print(process.stderr, text),
  isInteractive: process.stderr.isTTY,
  environment: process.env,
  setExitCode: (code) => void (process.exitCode = code),
  watchForEnd,
};

/** Prints a text. What reads it can end before, which is no error of the command. */
function print(stream: NodeJS.WriteStream, text: string): void {
  if (stream.listenerCount("error") === 0) stream.on("error", () => undefined);
  stream.write(text);
}

/** Creates the action of a command: its result is the exit code, and an error is one line and the exit code 2. */
export function action<Arguments extends unknown[]>(
  terminal: Terminal,
  run: (...given: Arguments) => number | Promise<number>,
): (...given: Arguments) => Promise<void> {
  return async (...given) => {
    try {
      terminal.setExitCode(await run(...given));
    } catch (error) {
      terminal.writeError(`${error instanceof Error ? error.message : String(error)}\n`);
      terminal.setExitCode(exitCodes.invalidUsage);
    }
  };
}

/** The exit codes, for the help of every command. */
export const exitCodesHelp: string = `
Exit codes:
  ${exitCodes.passed}  everything was judged, and nothing is wrong
  ${exitCodes.failed}  a rule is broken, or a minimum is not reached
  ${exitCodes.invalidUsage}  an option is invalid, or a file, an address or a program cannot be used
  ${exitCodes.notRun}  nothing was judged
  ${exitCodes.notJudged}  there is no verdict: a call, a response or a part of the recording is missing
A program after -- that fails decides the exit code itself.`;

/** The rules that `--ignore` accepts. */
export const ruleNames: string = Object.keys(rules).join(", ");

/** Parses `--ignore`. Throws an `Error` that names the unknown rules. */
export function toRules(text: string | undefined): RuleName[] {
  const names = text?.split(",") ?? [];
  const unknown = names.filter((name) => !Object.hasOwn(rules, name));
  if (unknown.length > 0)
    throw new Error(`--ignore must have names of rules (${ruleNames}), but has ${unknown.join(", ")}.`);
  return names as RuleName[];
}

/** Creates the parser of an integer. */
export function toInteger(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^-?\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be an integer from ${least} to ${most}.`);
  };
}

/** Creates the parser of a number. */
export function toNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== "" && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
  };
}
