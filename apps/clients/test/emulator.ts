/** The built command of the emulator, in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("cli.js", import.meta.resolve("@contact-groups/emulator")));

/** An app whose UserSigs are verified. */
export const app = { sdkAppId: 1400000001, secretKey: "0123456789abcdef0123456789abcdef" };

/** The options of the command for an emulator with that app, whose key is in its environment, and without users. */
export const appOptions: readonly string[] = ["--app", String(app.sdkAppId), "--secret-key-env", "KEY", "--no-seed"];

/** An emulator that was started. `await using` stops it. */
export interface StartedEmulator extends AsyncDisposable {
  /** The URL that it printed. */
  readonly url: string;
  /** The folder that it was started in. */
  readonly folder: string;
  /** File with the CA of `--https`. */
  readonly caFile: string;
}

/** Starts the command with these options, on a free port, in an empty folder. */
export async function startEmulator(options: readonly string[]): Promise<StartedEmulator> {
  const folder = mkdtempSync(join(tmpdir(), "clients-"));
  const child = spawn(process.execPath, [command, "--port", "0", "--json", ...options], {
    cwd: folder,
    env: { PATH: process.env["PATH"], KEY: app.secretKey },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { url, tls } = JSON.parse(await firstLine(child)) as Listening;
  return {
    url,
    folder,
    caFile: tls?.caFile ?? "",
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** What the command prints first. */
interface Listening {
  readonly url: string;
  readonly tls?: { readonly caFile: string };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    let errors = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output += String(chunk);
      const [line, rest] = output.split("\n");
      if (line !== undefined && rest !== undefined) resolve(line);
    });
    child.stderr?.on("data", (chunk: Buffer) => (errors += String(chunk)));
    child.once("exit", (code) => reject(new Error(`The emulator ended with ${code}: ${errors}`)));
  });
}
