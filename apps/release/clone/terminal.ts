import { spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";

/** Where a command runs. */
export interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** A program with arguments that starts what follows it. */
  readonly prefix: readonly string[];
}

/** A command that runs in a terminal. */
export interface Session {
  /** Returns what it printed so far, without colours. */
  output(): string;
  /** Waits until it has printed a text. */
  prints(text: RegExp): Promise<void>;
  /** Presses Ctrl-C, and waits until it has ended. Returns its exit code. */
  ctrlC(): Promise<number>;
  /** Waits until it has ended. Returns its exit code. */
  ends(): Promise<number>;
  kill(): void;
}

/** Starts a command line in a shell as if typed into a terminal. Without `script` of util-linux there is no terminal, and Ctrl-C is a SIGINT. */
export function type(command: string, { cwd, env, prefix }: Place): Session {
  const terminal = process.platform === "linux";
  // The new terminal takes the size of this one, which may be zero.
  const line = terminal ? `stty rows 40 columns 160; ${command}` : command;
  const shell = terminal ? ["script", "--quiet", "--return", "--command", line, "/dev/null"] : ["sh", "-c", line];
  const [program = "", ...args] = [...prefix, ...shell];
  const child = spawn(program, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
  let printed = "";
  // Without colours and the spinner of npm.
  const output = () => stripVTControlCharacters(printed).replaceAll(/[\r\u2800-\u28FF]/g, "");
  const ended = once(child, "close").then(([code]) => (typeof code === "number" ? code : 1));
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (printed += text));
  child.stdin.on("error", () => {});
  return {
    output,
    async prints(text) {
      let over = false;
      void ended.then(() => (over = true));
      while (!text.test(output())) {
        if (over) throw new Error(`${command} ended before it printed ${text}:\n${output().slice(-6000)}`);
        await Promise.race([ended, once(child.stdout, "data")]);
      }
    },
    ctrlC() {
      if (terminal) child.stdin.write("\u0003");
      else child.kill("SIGINT");
      return ended;
    },
    ends: () => ended,
    kill: () => child.kill(),
  };
}
