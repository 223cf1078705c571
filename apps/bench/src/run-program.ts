import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Program } from "./program.ts";
import { checkReport, type Report } from "./report.ts";

/** The description and peers of a program, with its reports. */
export interface Outcome extends Pick<Program, "about" | "peers"> {
  /** From the root of the repository. */
  readonly file: string;
  readonly reports: readonly Report[];
}

const starter = fileURLToPath(new URL("program-process.ts", import.meta.url));

/**
 * Runs a program in a process of its own, where it prints its tables.
 *
 * @param url of its module
 * @param file its path from the root of the repository, for messages
 * @throws an `Error` that names the program if it fails, reports nothing, or reports what cannot be measured
 */
export async function runProgram(url: URL, file: string, quick: boolean): Promise<Outcome> {
  const child = fork(starter, [url.href, ...(quick ? ["--quick"] : [])], { execArgv: ["--expose-gc"] });
  const messages: unknown[] = [];
  child.on("message", (message) => messages.push(message));
  // At `close`, all messages have arrived; at `exit`, they may not have.
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  if (code !== 0) throw new Error(`${file} ended with ${signal ?? `exit code ${code}`}: see above`);
  const [{ about, peers }, ...reports] = messages as [Program, ...unknown[]];
  if (reports.length === 0) throw new Error(`${file} reported nothing: its measure() must yield a report`);
  try {
    return { about, peers, file, reports: reports.map(checkReport) };
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
