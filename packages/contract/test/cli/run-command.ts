/** Runs the command line: in this process, or, for what depends on a process, in its own. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { run } from "../../src/cli.ts";

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Program that runs the command line from its source. */
export const program: string = fileURLToPath(new URL("run-cli.ts", import.meta.url));

interface Running {
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with the text so far; `serve` stops when the promise resolves. */
  readonly untilStopped?: (printed: () => string) => Promise<unknown>;
}

/** Runs the command line in this process. */
export async function runCommand(args: readonly string[], running: Running = {}): Promise<Ended> {
  const ended = { code: 0, stdout: "", stderr: "" };
  await run(["node", "contact-groups-contract", ...args], {
    write: (text) => void (ended.stdout += text),
    writeError: (text) => void (ended.stderr += text),
    isInteractive: false,
    environment: running.environment ?? {},
    setExitCode: (code) => void (ended.code = code),
    watchForEnd({ onEnd }) {
      void running.untilStopped?.(() => ended.stdout).then(() => onEnd(undefined));
      return () => undefined;
    },
  });
  return ended;
}

/** Runs the command line in its own process. */
export function runProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { CONTACT_GROUPS_RECORD: _, ...env } = { ...process.env, ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? NaN) : 0, stdout, stderr }),
    );
  });
}
