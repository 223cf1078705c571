import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("serve.ts", import.meta.url));

/** A process that serves a database file. */
export interface FileServer {
  readonly url: string;
  kill(): void;
  /** Resolves when the process was killed; rejects if it ended by itself. */
  readonly killed: Promise<void>;
}

/** Serves a database file in a process of its own. */
export async function serveFile(path: string): Promise<FileServer> {
  const child = spawn(process.execPath, [program, path], { stdio: ["pipe", "pipe", "inherit"] });
  const exit = once(child, "exit") as Promise<[number | null, string | null]>;
  const [line] = (await Promise.race([once(child.stdout, "data"), exit])) as [Buffer | number];
  if (typeof line === "number") throw new Error(`The process ended with ${line} before it served.`);
  const killed = exit.then(([, signal]) => {
    if (signal !== "SIGKILL") throw new Error(`The process ended with ${signal} instead of being killed.`);
  });
  return { url: String(line).trim(), kill: () => void child.kill("SIGKILL"), killed };
}
