import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Program } from "./programs.ts";
import { checkReport, type Report } from "./report.ts";

/**
 * Runs a program in its own process and resolves to what it reports; what it prints is printed. Rejects with an `Error` that names the
 * program if it fails, reports nothing, or reports what cannot be rendered.
 */
export async function runProgram(root: string, { file, quick }: Program, isQuick: boolean): Promise<Report[]> {
  const child = fork(join(root, file), isQuick ? [...quick] : [], { cwd: root, execArgv: ["--expose-gc"] });
  const messages: unknown[] = [];
  child.on("message", (message) => messages.push(message));
  // Everything that was sent has arrived by then, which it need not have at `exit`.
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  if (code !== 0) throw new Error(`${file} ended with ${signal ?? `exit code ${code}`}: see above`);
  if (messages.length === 0) throw new Error(`${file} reported nothing: it has to call process.send with a report`);
  try {
    return messages.map(checkReport);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
