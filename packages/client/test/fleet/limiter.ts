import { monotonic, sleep, systemClock } from "@contact-groups/core/clock";
import type { Permit, PermitRequest, RateLimiter } from "../../src/index.ts";
import { redisRateLimiter, type RedisRateLimiterEvent, type RedisRateLimiterOptions } from "../../src/redis.ts";
import { connect, type Connection, type Library } from "./connections.ts";

/** A request that any time in the queue is good for. */
export const request: PermitRequest = {
  sdkAppId: 1400000000,
  host: "http://service.test",
  operation: "getContactGroup",
  rate: { calls: 200, seconds: 1 },
  lane: "bulk",
  again: false,
  maxQueueMs: Infinity,
};

/** Returns the time in milliseconds. */
export const now = (): number => monotonic(systemClock);

/** A limiter with a connection of its own, and what it reported. `await using` closes the connection. */
export interface ConnectedLimiter extends AsyncDisposable {
  readonly limiter: RateLimiter;
  readonly connection: Connection;
  readonly events: readonly RedisRateLimiterEvent[];
  /** Sends requests, and returns when each had its permit. The service accepts all of them. */
  send(count: number): Promise<number[]>;
}

/** Connects a limiter. */
export async function connectLimiter(
  library: Library,
  url: string,
  options: Partial<RedisRateLimiterOptions> = {},
): Promise<ConnectedLimiter> {
  const connection = await connect(library, url);
  const events: RedisRateLimiterEvent[] = [];
  const onEvent = (event: RedisRateLimiterEvent): unknown => events.push(event);
  const limiter = redisRateLimiter({ redis: connection.redis, processes: 4, timeoutMs: 250, onEvent, ...options });
  const use = (permit: Permit): number => {
    permit.done({ sent: true, throttled: false, succeeded: true });
    return now();
  };
  return {
    limiter,
    connection,
    events,
    send: (count) => Promise.all(Array.from({ length: count }, async () => use(await limiter.acquire(request)))),
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}

/** Uses a limiter until something has happened. */
export async function useUntil({ send }: ConnectedLimiter, isOver: () => boolean): Promise<void> {
  for (const end = now() + 20_000; !isOver(); await sleep(systemClock, 10)) {
    if (now() > end) throw new Error("it did not happen within 20 seconds");
    await send(1);
  }
}
