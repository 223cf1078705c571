import { spawn } from "node:child_process";
import { once } from "node:events";

/** A command of an installed package that listens until it is stopped. */
export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts an installed command with this Node.js, and waits for the address that it prints.
 *
 * @throws Error with what it printed, if it ends before it listens
 */
export async function startServer(args: readonly string[], cwd: string): Promise<Server> {
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        const address = /(http:\/\/127\.0\.0\.1:\d+)\n/.exec(printed)?.[1];
        if (address !== undefined) resolve(address);
      });
    child.on("close", () => reject(new Error(`${args.join(" ")} ended before it listened:\n${printed}`)));
  });
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
