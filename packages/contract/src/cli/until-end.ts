/** Keeps a server running: until its command ends, or until this process must end. */
import { type Contract, ContractViolationError } from "../contract.ts";
import { exitCodes } from "../exit-codes.ts";
import type { JudgeOptions } from "../judge/judge.ts";
import type { Verdict } from "../verdict.ts";
import { exitCodeOf, runChild, urlVariable } from "./child.ts";
import type { Terminal } from "./options.ts";

interface Running {
  readonly server: Pick<Contract, "assertValid"> & { readonly url: string; close(): Promise<void> };
  /** The program and its arguments; empty for none. */
  readonly command: readonly string[];
  /** What is printed before, if there is no command. */
  readonly announcement: string;
  /** How the calls are judged at the end; undefined for not at all. */
  readonly judging: JudgeOptions | undefined;
}

/** Returns the exit code, after the verdict was printed and the server was closed. */
export async function runUntilEnd(
  { server, command, announcement, judging }: Running,
  terminal: Terminal,
): Promise<number> {
  try {
    if (command.length > 0) {
      const ended = await runChild(command, { [urlVariable]: server.url }, terminal);
      await server.close();
      const verdict = verdictOn(server, judging);
      // The output of the command stays as it is.
      terminal.writeError(`${verdict.text}\n`);
      return exitCodeOf(ended, verdict);
    }
    let stop = (): void => undefined;
    const ended = new Promise<unknown>((resolve) => {
      stop = terminal.watchForEnd({ onEnd: resolve });
    });
    terminal.write(announcement);
    await ended;
    await server.close();
    stop();
    if (!judging) return exitCodes.passed;
    const { outcome, text } = verdictOn(server, judging);
    terminal.write(`${text}\n`);
    return exitCodes[outcome];
  } finally {
    await server.close();
  }
}

function verdictOn(server: Running["server"], judging: JudgeOptions = {}): Verdict {
  try {
    server.assertValid(judging);
  } catch (error) {
    if (!(error instanceof ContractViolationError)) throw error;
    return { outcome: error.outcome, text: error.message };
  }
  return { outcome: "passed", text: "All calls since the start are valid." };
}

/** Returns why a server cannot listen. */
export function listenError(error: unknown, host: string, port: number): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  return new Error(explain(code, message, host, port), { cause: error });
}

function explain(code: string | undefined, message: string, host: string, port: number): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} of ${host} is already in use. Choose another one with --port, or --port 0 for a free one.`;
    case "EACCES":
      return `Port ${port} of ${host} requires more privileges. Choose one above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `The address ${host} is not an address of this machine. Choose another one with --host.`;
    default:
      return `The server can't start: ${message}`;
  }
}
