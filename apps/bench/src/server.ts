import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a process has used so far: µs of CPU, and bytes of resident memory. */
export interface Usage {
  readonly cpu: number;
  readonly memory: number;
}

/** What can be started. */
export type ServerKind =
  | "bare"
  | "emulator in memory"
  | "emulator in SQLite"
  | "emulator in SQLite, durability normal"
  | "contract server"
  | "Prism with its log"
  | "Prism without a log";

/** A server in a process of its own, so that its work is not counted as that of the caller. It ends with the caller's process. */
export interface Server {
  readonly url: string;
  usage(): Promise<Usage>;
}

/** Starts a server. A `file` is the database of those that have one. */
export async function startServer(kind: ServerKind, file = ""): Promise<Server> {
  const program = fileURLToPath(new URL("server-process.ts", import.meta.url));
  // No one reads its log.
  const child = fork(program, [kind, file], { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
  const next = async <Message>(): Promise<Message> => ((await once(child, "message")) as [Message])[0];
  const { url } = await next<{ url: string }>();
  return {
    url,
    usage() {
      child.send("usage");
      return next();
    },
  };
}
