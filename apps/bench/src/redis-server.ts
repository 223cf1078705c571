import { spawn } from "node:child_process";
import { once } from "node:events";
import getPort from "get-port";
import { Redis } from "ioredis";

/** A server of Redis that keeps nothing on disk. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** Returns the number of commands that it has run, without those that processes connect with. */
  commands(): Promise<number>;
}

/**
 * Starts a server.
 *
 * @throws an `Error` that says how to install it if it is missing
 */
export async function startRedis(): Promise<RedisServer> {
  const port = await getPort();
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", options, { stdio: "ignore" });
  await once(child, "spawn").catch(() => {
    throw new Error("redis-server is not on the PATH. Install it: apt-get install redis-server, brew install redis");
  });
  const url = `redis://127.0.0.1:${port}`;
  const redis = new Redis(url);
  redis.on("error", () => undefined);
  await redis.ping();
  return {
    url,
    async commands() {
      const statistics = await redis.info("commandstats");
      const counts = [...statistics.matchAll(/^cmdstat_(eval|evalsha):calls=(\d+)/gm)];
      return counts.reduce((sum, [, , count]) => sum + Number(count), 0);
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect();
      child.kill();
      await once(child, "exit");
    },
  };
}
