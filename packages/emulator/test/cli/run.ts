import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const entry = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

/** Windows has no signals: a process that gets one just ends. */
export const hasSignals: boolean = process.platform !== "win32";

/** How a command ended that SIGTERM stopped in order. */
export const stopped: number | string = hasSignals ? 0 : "SIGTERM";

/** A command that runs. */
export interface Running {
  readonly process: ChildProcess;
  /** What was printed so far. */
  readonly output: () => string;
  readonly errors: () => string;
  /** What was printed, as soon as it contains the text; rejects when the command ends before. */
  until(text: string): Promise<string>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

interface RunOptions {
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Options of Node itself. */
  readonly node?: readonly string[];
  readonly entry?: string;
}

/** An empty folder for the length of a test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "emulator-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the command with arguments until the test ends. */
export function run(args: readonly string[], options: RunOptions = {}): Running {
  const child = spawn(process.execPath, [...(options.node ?? []), options.entry ?? entry, ...args], {
    cwd: options.folder ?? emptyFolder(),
    env: { PATH: process.env["PATH"], ...options.env },
    stdio: "pipe",
  });
  child.stdin.end(options.input ?? "");
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
  const ended = new Promise<number | string>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal ?? ""));
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    process: child,
    output: () => output,
    errors: () => errors,
    ended,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(text)) resolve(output);
        };
        child.stdout.on("data", look);
        void ended.then((code) => reject(new Error(`It ended with ${code} after ${output}${errors}`)));
        look();
      }),
  };
}

/** Serves in a child process, and gives its address. */
export async function serve(
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<Running & { readonly url: string }> {
  const running = run(["--port", "0", ...args], options);
  const [url = ""] = /http:\/\/[\w.:[\]]+/.exec(await running.until("\n")) ?? [];
  return { ...running, url };
}
