/** Processes that share a quota. `REDIS_URL` names a server to use; without it, each test starts one. */
import { startRedis } from "@contact-groups/testing/redis-server";
import { sleep, systemClock } from "@contact-groups/core/clock";
import { describe, expect, test } from "vitest";
import { testRateLimiter } from "../rate-limiter-conformance.ts";
import { mostWithin } from "../starts.ts";
import type { IoredisConnection } from "../../src/redis.ts";
import { connect, libraries } from "./connections.ts";
import { startFleet, type Member } from "./fleet.ts";
import { connectLimiter, now, request } from "./limiter.ts";
import { startService } from "./service.ts";

const quota = 200;

/** Returns a server without keys. */
async function anyRedis(): Promise<AsyncDisposable & { readonly url: string }> {
  const url = process.env["REDIS_URL"];
  if (url === undefined) return startRedis();
  await using connection = await connect("ioredis", url);
  await connection.send("FLUSHALL");
  return { url, [Symbol.asyncDispose]: async () => undefined };
}

testRateLimiter(
  "the rate limiter of a fleet",
  async () => {
    const redis = await anyRedis();
    const member = await connectLimiter("ioredis", redis.url);
    return {
      limiter: member.limiter,
      now,
      pass: (ms) => sleep(systemClock, ms),
      async close() {
        await member[Symbol.asyncDispose]();
        await redis[Symbol.asyncDispose]();
      },
    };
  },
  50,
);

describe.each(libraries)("with %s", (library) => {
  test.each([2, 8])("%i processes share the quota: no call fails, and no second has too many", async (processes) => {
    await using redis = await anyRedis();
    await using service = await startService(quota);
    const calls = 800 / processes;
    const member: Member = { library, redisUrl: redis.url, serviceUrl: service.url, calls, processes };
    await using fleet = await startFleet(Array.from({ length: processes }, () => member));
    for (const { start } of fleet.members) start();
    const reports = await Promise.all(fleet.members.map(({ report }) => report));
    expect(reports).toMatchObject(reports.map(() => ({ failed: 0, events: [] })));
    const sends = reports.flatMap((report) => report?.sends ?? []).toSorted((a, b) => a - b);
    expect(mostWithin(sends, 999)).toBeLessThanOrEqual(quota);
  });
});

test("the others go on when a process is killed with permits at hand", async () => {
  await using redis = await anyRedis();
  await using service = await startService(quota);
  const member: Member = { library: "redis", redisUrl: redis.url, serviceUrl: service.url, calls: 200, processes: 3 };
  await using fleet = await startFleet([{ ...member, calls: 5000 }, member, member]);
  for (const { start } of fleet.members) start();
  await expect.poll(() => service.arrivals.length).toBeGreaterThan(60);
  fleet.members[0]!.kill();
  const reports = await Promise.all(fleet.members.map(({ report }) => report));
  expect(reports).toMatchObject([undefined as never, { failed: 0, events: [] }, { failed: 0, events: [] }]);
});

test("a rejection of one process slows the others down", async () => {
  await using redis = await anyRedis();
  await using one = await connectLimiter("redis", redis.url);
  await using other = await connectLimiter("ioredis", redis.url);
  await one.send(5);
  await other.send(5);
  const permit = await one.limiter.acquire(request);
  permit.done({ sent: true, throttled: true, succeeded: false, retryAfterMs: 700 });
  await one.connection.send("PING");
  const begin = now();
  const [first = 0] = await other.send(1);
  expect(first - begin).toBeGreaterThan(600);
});

test("one process uses most of the rate, also where a command takes 40 ms", async () => {
  await using redis = await anyRedis();
  await using connection = await connect("ioredis", redis.url);
  const { evalsha, eval: evaluate } = connection.redis as IoredisConnection;
  const far =
    <Given extends unknown[]>(run: (...given: Given) => Promise<unknown>) =>
    async (...given: Given): Promise<unknown> => {
      await sleep(systemClock, 20);
      const reply = await run.apply(connection.redis, given);
      await sleep(systemClock, 20);
      return reply;
    };
  await using member = await connectLimiter("ioredis", redis.url, {
    redis: { evalsha: far(evalsha), eval: far(evaluate) },
  });
  await member.send(50);
  const begin = now();
  await member.send(200);
  expect(now() - begin).toBeLessThan(2000);
});

test("a permit that was not used before a pause is not used in it", async () => {
  await using redis = await anyRedis();
  await using member = await connectLimiter("redis", redis.url);
  const [rejected, unused] = [await member.limiter.acquire(request), await member.limiter.acquire(request)];
  rejected.done({ sent: true, throttled: true, succeeded: false, retryAfterMs: 700 });
  await member.connection.send("PING");
  await sleep(systemClock, 5);
  const begin = now();
  unused.done({ sent: false, throttled: false, succeeded: false });
  await member.send(1);
  expect(now() - begin).toBeGreaterThan(600);
});

test("requests do not wait where the clock of the server goes back, as after a failover", async () => {
  await using redis = await anyRedis();
  await using member = await connectLimiter("redis", redis.url);
  await member.send(5);
  const key = "contact-groups:{1400000000 http://service.test getContactGroup}";
  for (const field of ["next", "since", "at"])
    await member.connection.send("HINCRBY", key, field, String(3_600_000_000));
  const begin = now();
  await member.send(100);
  expect(now() - begin).toBeLessThan(2000);
  expect(now() - begin).toBeGreaterThan(400);
});

test("each app, host and operation has a key, which expires", async () => {
  await using redis = await anyRedis();
  await using member = await connectLimiter("redis", redis.url, { keyPrefix: "mine" });
  await member.send(5);
  const key = "mine:{1400000000 http://service.test getContactGroup}";
  expect(await member.connection.send("KEYS", "*")).toEqual([key]);
  const ttl = Number(await member.connection.send("PTTL", key));
  expect(ttl).toBeGreaterThan(5000);
  expect(ttl).toBeLessThan(15_000);
});
