import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

/** A process of Node.js. It is killed at the end of its block, and at the end of this process. */
export interface Process extends AsyncDisposable {
  readonly pid: number;
  isRunning(): boolean;
  /** Returns the resident memory in MB. */
  memory(): Promise<number>;
  /** Kills it as `kill -9` does. */
  kill(): Promise<void>;
}

/** Starts Node.js with arguments. What it prints is not read, except for errors. */
export function startProcess(command: readonly string[], environment: Readonly<Record<string, string>>): Process {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, command, { stdio: ["ignore", "ignore", "inherit"], env });
  const onExit = (): void => void child.kill("SIGKILL");
  process.on("exit", onExit);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const kill = async (): Promise<void> => {
    process.off("exit", onExit);
    if (!isRunning()) return;
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
  };
  const pid = child.pid!;
  return { pid, isRunning, memory: () => residentMemory(pid), kill, [Symbol.asyncDispose]: kill };
}

/** Returns the resident memory of a process in MB. */
export async function residentMemory(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", `${pid}`]);
  return Number(stdout) / 1024;
}
