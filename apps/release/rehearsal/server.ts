import { spawn } from "node:child_process";
import { once } from "node:events";
import { signalProcess } from "@contact-groups/testing/signal-process";
import { cleanEnvironment, type Place } from "./command.ts";

/** A command that listens until it is stopped. */
export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a command, and waits for the address that it prints.
 *
 * @throws Error with what it printed, if it ends before it listens
 */
export async function startServer(command: readonly string[], { cwd, env }: Place): Promise<Server> {
  const [program = "", ...args] = command;
  // What listens may be a child of the command, as with npx: stopping ends the whole group.
  const child = spawn(program, args, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        const address = /(http:\/\/127\.0\.0\.1:\d+)\n/.exec(printed)?.[1];
        if (address !== undefined) resolve(address);
      });
    child.on("close", () => reject(new Error(`${command.join(" ")} ended before it listened:\n${printed}`)));
  });
  return {
    url,
    async stop() {
      if (child.pid !== undefined) signalProcess(-child.pid, "SIGTERM");
      await ended;
    },
  };
}
