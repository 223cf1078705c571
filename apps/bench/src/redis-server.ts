import { startRedis, type RedisServer } from "@contact-groups/testing/redis-server";
import { Redis } from "ioredis";

/** A server of Redis that counts. */
export interface CountingRedis extends AsyncDisposable {
  readonly url: string;
  /** Returns the number of scripts that it has run. */
  commands(): Promise<number>;
}

/**
 * Starts a server.
 *
 * @throws an `Error` that says how to install it if it is missing
 */
export async function startCountingRedis(): Promise<CountingRedis> {
  const server: RedisServer = await startRedis();
  const redis = new Redis(server.url);
  redis.on("error", () => undefined);
  return {
    url: server.url,
    async commands() {
      const statistics = await redis.info("commandstats");
      const counts = [...statistics.matchAll(/^cmdstat_(eval|evalsha):calls=(\d+)/gm)];
      return counts.reduce((sum, [, , count]) => sum + Number(count), 0);
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect();
      await server[Symbol.asyncDispose]();
    },
  };
}
