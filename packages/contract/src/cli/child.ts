/** Runs the command that is given after `--`, and ends with it. */
import { spawn } from "node:child_process";
import { type EndSignal, signalCode } from "@contact-groups/core/process-end";
import { realClock } from "@contact-groups/core/real-clock";
import type { ExitCode } from "../exit-codes.ts";
import type { Terminal } from "./options.ts";

/** The variable of the environment with the address that the command must call. */
export const urlVariable = "CONTACT_GROUPS_URL";

/** How the commands that run a program are called. */
export const usageWithProgram = "[options] [-- <program> [arguments...]]";

/** The help of the program that commands with a server run. */
export const programHelp: string = `
A program after -- is run with the address in ${urlVariable}. Its end ends the server.`;

/** How a command ended. */
export interface EndedChild {
  /** The exit code; 128 and the number of the signal that ended it. */
  readonly code: number;
  /** The signal that was passed on to it, or that its parent had ended. */
  readonly interrupted: EndSignal | undefined;
}

/** Time that a command has to end by itself when nobody is left who could send a second signal. */
const graceMs = 5_000;

/**
 * Runs a program with the standard streams of this process, and passes signals on to it. A second signal ends both at once.
 *
 * @throws An `Error` when the program cannot be started.
 */
export function runChild(
  [file = "", ...args]: readonly string[],
  variables: Readonly<Record<string, string>>,
  terminal: Terminal,
): Promise<EndedChild> {
  return new Promise((resolve, reject) => {
    const isWindows = process.platform === "win32";
    // On Windows, npm and npx are scripts, which only a shell can run.
    const [program, list] = isWindows ? [[file, ...args].map(quote).join(" "), []] : [file, args];
    const env = { ...terminal.environment, ...variables };
    const child = spawn(program, list, { stdio: "inherit", env, shell: isWindows });
    let interrupted: EndSignal | undefined;
    let cancelKill = (): void => undefined;
    const stop = terminal.watchForEnd({
      onEnd(signal) {
        interrupted = signal ?? "SIGTERM";
        // A terminal sends its SIGINT to the command as well.
        if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(interrupted);
        if (signal === undefined) cancelKill = realClock.after(graceMs, () => void child.kill("SIGKILL"));
      },
      onSecondSignal: () => child.kill("SIGKILL"),
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      stop();
      reject(new Error(`${startError(file, error)} Give a program, and its arguments, after --.`, { cause: error }));
    });
    child.once("close", (code, signal) => {
      stop();
      cancelKill();
      const by = interrupted ?? signal;
      if (by) terminal.writeError(`${by} ended the program: what it had still to do was not judged.\n`);
      resolve({ code: code ?? signalCode(signal ?? "SIGKILL"), interrupted });
    });
  });
}

function quote(word: string): string {
  return /^[\w./:=@\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
}

function startError(file: string, { code }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return `The program ${file} was not found.`;
  if (code === "EACCES") return `The program ${file} is not a program, or may not be executed.`;
  return `The program ${file} cannot be started (${code}).`;
}

/** Returns the exit code of both: a failure of the program comes first, then an interruption, then the verdict. */
export function exitCodeOf({ code, interrupted }: EndedChild, verdict: ExitCode): number {
  if (code !== 0) return code;
  return interrupted ? signalCode(interrupted) : verdict;
}
