import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const main = fileURLToPath(new URL("../start/main.ts", import.meta.url));

/** `start` as a process. */
export interface Started {
  readonly process: ChildProcess;
  /** Everything that it has printed. */
  output(): string;
  /** The address that it printed for a server. */
  address(name: "Reference site" | "Emulator" | "Contract server"): string;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Starts it with a folder for the emulator's state, and waits until it is ready. */
export async function start(state: string): Promise<Started> {
  const child = spawn(process.execPath, [main, state], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("Ctrl-C stops all three.")) resolve();
    });
    child.stderr.on("data", (chunk) => (text += chunk));
    child.on("exit", (code) => reject(new Error(`exited with ${code}:\n${text}`)));
  });
  return {
    process: child,
    output: () => text,
    address(name) {
      const found = new RegExp(`^${name}\\s+(\\S+)$`, "m").exec(text)?.[1];
      if (found === undefined) throw new Error(`No address of ${name}:\n${text}`);
      return found;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A folder for the emulator's state, and what removes it. */
export function stateFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "start-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Pastes a text into a shell that has no credentials in its environment, and returns what it prints. */
export async function paste(text: string): Promise<string> {
  const { USERSIG: _, SECRETKEY: __, ...env } = process.env;
  const { stdout } = await promisify(execFile)("sh", ["-c", text], { env });
  return stdout;
}
