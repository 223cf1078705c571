import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { runCommand } from "../../src/cli/main.ts";
import { createProgram } from "../../src/cli/program.ts";
import { start } from "../../src/cli/serve.ts";
import type { Emulator } from "../../src/index.ts";
import { createLines } from "../../src/terminal.ts";

const entry = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

/** Windows has no signals: a process that gets one just ends. */
export const hasSignals: boolean = process.platform !== "win32";

/** How a command ended that SIGTERM stopped. */
export const stopped: number | string = hasSignals ? 0 : "SIGTERM";

/** An empty folder for the length of a test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "emulator-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Surroundings {
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** How a command ended. */
interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command's program in this process, in a folder and with environment variables of its own. One that serves is closed. */
export async function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  const { code, output, errors, close } = await runProgram(args, surroundings);
  await close();
  return { code, output, errors };
}

/** A command that serves in this process. */
export interface Serving {
  readonly url: string;
  /** What was printed so far. */
  output(): string;
  errors(): string;
  /** What was printed, as soon as it contains the text. */
  until(text: string): Promise<string>;
  close(): Promise<void>;
}

/** Serves in this process by the command's program, until the test ends. */
export async function serve(args: readonly string[] = [], surroundings: Surroundings = {}): Promise<Serving> {
  const { emulator, code, errors, lines, close } = await runProgram(["--port", "0", ...args], surroundings);
  onTestFinished(close);
  if (!emulator) throw new Error(`It ended with ${code} after ${errors}`);
  const until = async (text: string): Promise<string> => {
    while (!lines.text.includes(text)) await new Promise((resolve) => lines.waiting.push(resolve as () => void));
    return lines.text;
  };
  const [url = ""] = /https?:\/\/[\w.:[\]]+/.exec(await until("\n")) ?? [];
  return { url, output: () => lines.text, errors: () => lines.errors, until, close };
}

/** What a command in this process has printed. */
interface Printed {
  text: string;
  errors: string;
  waiting: (() => void)[];
}

interface Program extends Ended {
  readonly emulator: Emulator | undefined;
  readonly lines: Printed;
  close(): Promise<void>;
}

async function runProgram(args: readonly string[], { folder, env = {} }: Surroundings): Promise<Program> {
  const lines: Printed = { text: "", errors: "", waiting: [] };
  const print = (text: string): void => {
    lines.text += text;
    for (const wake of lines.waiting.splice(0)) wake();
  };
  const output = new Writable({
    write(chunk, _, done) {
      print(String(chunk));
      done();
    },
  });
  let emulator: Emulator | undefined;
  const program = createProgram(manifest.version, async (options) => {
    emulator = await start(options, createLines(output), [process.execPath, entry]);
  });
  const { stdout, stderr } = process;
  const before = { folder: process.cwd(), out: stdout.write, error: stderr.write, env: process.env };
  stdout.write = ((text: string) => (print(String(text)), true)) as typeof stdout.write;
  stderr.write = ((text: string) => ((lines.errors += String(text)), true)) as typeof stderr.write;
  process.env = { PATH: before.env["PATH"], ...env };
  process.chdir(folder ?? emptyFolder());
  try {
    const code = await runCommand(args, program);
    return { code, output: lines.text, errors: lines.errors, emulator, lines, close: async () => emulator?.close() };
  } finally {
    process.chdir(before.folder);
    process.env = before.env;
    stdout.write = before.out;
    stderr.write = before.error;
  }
}

/** A command in a process of its own. */
export interface Running {
  readonly child: ChildProcess;
  /** What was printed so far. */
  readonly output: () => string;
  readonly errors: () => string;
  /** What was printed, as soon as it contains the text; rejects when the command ends before. */
  until(text: string): Promise<string>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

interface SpawnOptions extends Surroundings {
  readonly input?: string;
  /** Options of Node itself. */
  readonly node?: readonly string[];
  readonly entry?: string;
}

/** Runs the command in a process of its own until the test ends. */
export function spawnCommand(args: readonly string[], options: SpawnOptions = {}): Running {
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
    child,
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

/** Serves in a process of its own, and gives its address. */
export async function spawnServer(
  args: readonly string[] = [],
  options: SpawnOptions = {},
): Promise<Running & { readonly url: string }> {
  const running = spawnCommand(["--port", "0", ...args], options);
  const [url = ""] = /https?:\/\/[\w.:[\]]+/.exec(await running.until("\n")) ?? [];
  return { ...running, url };
}
