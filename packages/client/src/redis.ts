import { kind } from "@contact-groups/core/arguments";
import { monotonic, systemClock, type Clock } from "@contact-groups/core/clock";
import { InvalidArgumentError } from "./errors.ts";
import { quietly } from "./logger.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { createSharedSource, script, type Store } from "./shared-permits.ts";
import { createLimiter } from "./turnstile.ts";

/** A connection of the package `redis`, version 4 or later: to one server, a cluster or through a sentinel. */
export interface NodeRedisConnection {
  /** Runs a script that the server knows. */
  evalSha(sha: string, options: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>;
  /** Runs a script. */
  eval(script: string, options: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>;
}

/** A connection of the package `ioredis` or `iovalkey`: to one server, a cluster or through a sentinel. */
export interface IoredisConnection {
  /** Runs a script that the server knows. */
  evalsha(sha: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** Runs a script. */
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
}

/** A connection to Redis or Valkey, or any object with these two functions. */
export type RedisConnection = NodeRedisConnection | IoredisConnection;

/** A change of where the permits come from. It contains no credential and no text of the connection. */
export interface RedisRateLimiterEvent {
  /** `"fallback"`: Redis cannot be used, and this process keeps to its own share. `"shared"`: Redis is in use again. */
  readonly type: "fallback" | "shared";
  /** Of a fallback: `"timeout"`, or the code of the error, such as `"ECONNREFUSED"`, `"READONLY"` or `"NOAUTH"`. */
  readonly reason?: string | undefined;
}

/** Options of `redisRateLimiter`. */
export interface RedisRateLimiterOptions {
  /** Your connection to Redis 5 or later, or to Valkey. The limiter neither opens nor closes it. */
  readonly redis: RedisConnection;
  /** Number of processes that share the quota: while Redis cannot be used, each keeps to this part of the rate. A whole number from 1. */
  readonly processes: number;
  /**
   * Time for each command, in milliseconds, after which this process keeps to its own share.
   *
   * @default 500
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Begin of each key.
   *
   * @default "contact-groups"
   */
  readonly keyPrefix?: string | undefined;
  /** Called when Redis cannot be used, and when it is in use again. */
  readonly onEvent?: ((event: RedisRateLimiterEvent) => void) | undefined;
  /**
   * The source of time.
   *
   * @default the clock of the machine
   */
  readonly clock?: Clock | undefined;
}

/** Time between two attempts to use Redis again, in milliseconds. */
const retryMs = 1000;

/**
 * Creates a rate limiter that all processes of a fleet share through Redis or Valkey. Permits are granted by one script, at equal distances, by the
 * clock of the server. A call never fails because of Redis.
 *
 * @throws `InvalidArgumentError` if an option is invalid.
 * @example
 * ```ts
 * const redis = new Redis(process.env.REDIS_URL);
 * const rateLimit = redisRateLimiter({ redis, processes: 8 });
 * const client = createClient({ sdkAppId, identifier, secretKey, region, rateLimit });
 * ```
 */
export function redisRateLimiter(options: RedisRateLimiterOptions): RateLimiter {
  const { redis, processes, keyPrefix = "contact-groups", clock = systemClock } = options;
  checkOptions(options);
  const store = createStore(redis, clock, options);
  return createLimiter(clock, ({ sdkAppId, host, operation, rate }, time, look) =>
    createSharedSource(store, `${keyPrefix}:{${sdkAppId} ${host} ${operation}}`, rate, processes, time, look),
  );
}

function checkOptions({ redis, processes, timeoutMs = 1 }: RedisRateLimiterOptions): void {
  if (!("evalSha" in Object(redis) || "evalsha" in Object(redis)))
    throw new InvalidArgumentError("redis", "a connection of redis or ioredis", kind(redis));
  if (!(Number.isInteger(processes) && processes > 0))
    throw new InvalidArgumentError("processes", "a whole number from 1", kind(processes));
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31))
    throw new InvalidArgumentError("timeoutMs", "a number of milliseconds from 1 to 2147483647", kind(timeoutMs));
}

function createStore(
  redis: RedisConnection,
  clock: Clock,
  { timeoutMs = 500, onEvent }: RedisRateLimiterOptions,
): Store {
  /** When Redis is tried again; undefined while it can be used. */
  let retryAt: number | undefined;
  /** Commands without a reply. A connection that has lost its server sends them again once it has found it. */
  let pending = 0;

  function failed(reason: string): void {
    const wasUp = retryAt === undefined;
    retryAt = monotonic(clock) + retryMs;
    if (wasUp) tell({ type: "fallback", reason });
  }

  function tell(event: RedisRateLimiterEvent): void {
    if (onEvent) quietly(() => onEvent(event));
  }

  return {
    downFor: (now) => retryAt && (pending > 0 ? retryMs : retryAt - now),
    run: (key, args) =>
      new Promise((resolve) => {
        let isLate = false;
        // After a pause of the whole process, the reply is read before the second timer ends.
        let cancel = clock.after(timeoutMs, () => {
          cancel = clock.after(0, () => {
            isLate = true;
            failed("timeout");
            resolve(undefined);
          });
        });
        const settle = (): boolean => {
          pending--;
          cancel();
          return !isLate;
        };
        pending++;
        evaluate(redis, key, args).then(
          (reply) => {
            if (!settle()) return;
            if (retryAt !== undefined) tell({ type: "shared" });
            retryAt = undefined;
            resolve(reply);
          },
          (error: unknown) => {
            if (settle()) failed(codeOf(error));
            resolve(undefined);
          },
        );
      }),
  };
}

let sha: Promise<string> | undefined;

async function hash(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Runs the script, by its hash where the server knows it. */
async function evaluate(redis: RedisConnection, key: string, args: readonly number[]): Promise<number[]> {
  const texts = args.map((arg) => arg.toFixed());
  const options = { keys: [key], arguments: texts };
  let reply: unknown;
  try {
    const known = await (sha ??= hash(script));
    reply = await ("evalSha" in redis ? redis.evalSha(known, options) : redis.evalsha(known, 1, key, ...texts));
  } catch (error) {
    if (codeOf(error) !== "NOSCRIPT") throw error;
    reply = await ("evalSha" in redis ? redis.eval(script, options) : redis.eval(script, 1, key, ...texts));
  }
  return (reply as unknown[]).map(Number);
}

/** Returns the code of an error: its own, the first word of a reply of Redis, or its name. No other text, which may hold a credential. */
function codeOf(error: unknown): string {
  const { code, message, name } = Object(error) as Readonly<Record<string, unknown>>;
  const [reply] = /^[A-Z]{4,}(?= )/.exec(String(message)) ?? [];
  return ([code, reply, name].find((text) => typeof text === "string" && /^\w{1,40}$/.test(text)) as string) ?? "error";
}
