/** Starts servers of Redis for the tests: on a free port, in a folder of their own, with nothing kept on disk. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A server that a test can stop in every way. `await using` kills it. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Ends it at once, as a machine that fails does. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port, empty. */
  start(): Promise<void>;
  /** Stops it without closing its connections, until `resume`. */
  freeze(): void;
  resume(): void;
}

/** Starts a server. */
export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const options = [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--dir",
      folder,
      "--save",
      "",
      "--appendonly",
      "no",
    ];
    const started = spawn("redis-server", options, { stdio: ["ignore", "pipe", "ignore"] });
    child = started;
    await new Promise<void>((resolve, reject) => {
      started.on("error", () =>
        reject(
          new Error("redis-server is not on the PATH. Install it: apt-get install redis-server, brew install redis"),
        ),
      );
      started.on("exit", (code) => reject(new Error(`redis-server ended with ${code} before it was ready`)));
      let log = "";
      started.stdout.on("data", (text: Buffer) => {
        log += text.toString();
        if (log.includes("Ready to accept connections")) resolve();
      });
    });
  }

  async function kill(): Promise<void> {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const ended = once(ending, "exit");
    ending.kill("SIGKILL");
    await ended;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    start,
    freeze: () => child?.kill("SIGSTOP"),
    resume: () => child?.kill("SIGCONT"),
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Returns a port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
