import { Redis } from "ioredis";
import { createClient } from "redis";
import type { RedisConnection } from "../../src/redis.ts";

/** A library that connects to Redis. */
export type Library = "redis" | "ioredis";

export const libraries: readonly Library[] = ["redis", "ioredis"];

/** A connection of one of the libraries. `await using` closes it. */
export interface Connection extends AsyncDisposable {
  readonly redis: RedisConnection;
  /** Sends any command. */
  send(...command: string[]): Promise<unknown>;
}

/** Connects with the defaults of the library. Resolves also where there is no server: the libraries connect again and again. */
export async function connect(library: Library, url: string): Promise<Connection> {
  if (library === "ioredis") {
    const redis = new Redis(url);
    redis.on("error", () => undefined);
    return {
      redis,
      send: (name = "", ...rest) => redis.call(name, ...rest),
      [Symbol.asyncDispose]: async () => redis.disconnect(),
    };
  }
  const redis = createClient({ url });
  redis.on("error", () => undefined);
  const connecting = redis.connect().catch(() => undefined);
  await Promise.race([connecting, new Promise((resolve) => redis.once("error", resolve))]);
  return {
    redis,
    send: (...command) => redis.sendCommand(command),
    [Symbol.asyncDispose]: async () => redis.destroy(),
  };
}
