/** Keeps a server running: until its program ends, or until this process must end. */
import type { Contract } from "../contract.ts";
import { exitCodes } from "../exit-codes.ts";
import type { JudgeOptions } from "../judge/judge.ts";
import type { ReportOptions } from "../report/write-reports.ts";
import { exitCodeOf, runChild, urlVariable } from "./child.ts";
import type { Terminal } from "./options.ts";
import { reportCalls } from "./report-calls.ts";

interface Running {
  /** Name of the command. */
  readonly name: string;
  readonly server: Pick<Contract, "assertValid" | "exchanges" | "violations"> & {
    readonly url: string;
    close(): Promise<void>;
  };
  /** The program and its arguments; empty for none. */
  readonly program: readonly string[];
  /** What is printed before, if there is no program. */
  readonly announcement: string;
  /** How the calls are judged at the end; undefined for not at all. */
  readonly judging: JudgeOptions | undefined;
  readonly reports: ReportOptions;
}

/** Returns the exit code, after the verdict was printed and the server was closed. */
export async function runUntilEnd(running: Running, terminal: Terminal): Promise<number> {
  const { server, program, announcement, judging } = running;
  try {
    if (program.length > 0) {
      const ended = await runChild(program, { [urlVariable]: server.url }, terminal);
      await server.close();
      // The output of the program stays as it is.
      return exitCodeOf(
        ended,
        reportCalls({ ...running, judging: judging ?? {} }, { ...terminal, write: terminal.writeError }),
      );
    }
    let stop = (): void => undefined;
    const ended = new Promise<unknown>((resolve) => {
      stop = terminal.watchForEnd({ onEnd: resolve });
    });
    terminal.write(announcement);
    await ended;
    await server.close();
    stop();
    return judging ? reportCalls({ ...running, judging }, terminal) : exitCodes.passed;
  } finally {
    await server.close();
  }
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
