import { freePort, startRedis } from "@contact-groups/testing/redis-server";
import { sleep, systemClock } from "@contact-groups/core/clock";
import { describe, expect, test } from "vitest";
import type { RateLimiter } from "../../src/index.ts";
import { redisRateLimiter } from "../../src/redis.ts";
import { mostWithin } from "../starts.ts";
import { createVirtualClock } from "../virtual-clock.ts";
import { libraries } from "./connections.ts";
import { connectLimiter, now, request, useUntil } from "./limiter.ts";

describe.each(libraries)("with %s", (library) => {
  test("goes on where the server has forgotten the script", async () => {
    await using redis = await startRedis();
    await using member = await connectLimiter(library, redis.url);
    await member.send(20);
    await member.connection.send("SCRIPT", "FLUSH");
    await member.send(20);
    expect(member.events).toEqual([]);
  });

  test("keeps to its share while there is no server, and to the shared rate once there is one", async () => {
    await using redis = await startRedis();
    await redis.kill();
    await using member = await connectLimiter(library, redis.url);
    const begin = now();
    await member.send(60);
    // A fourth of 200 in a second, with 10 at once.
    expect(now() - begin).toBeGreaterThan(900);
    expect(member.events).toMatchObject([{ type: "fallback" }]);
    await redis.start();
    await useUntil(member, () => member.events.length === 2);
    expect(member.events[1]).toEqual({ type: "shared" });
  });

  test.each(["kill", "freeze", "pause"] as const)("no request waits for a server after %s", async (what) => {
    await using redis = await startRedis();
    await using member = await connectLimiter(library, redis.url);
    await using admin = await connectLimiter(library, redis.url);
    await member.send(20);
    if (what === "kill") await redis.kill();
    if (what === "freeze") redis.freeze();
    if (what === "pause") await admin.connection.send("CLIENT", "PAUSE", "3000", "ALL");
    const begin = now();
    await member.send(20);
    expect(now() - begin).toBeLessThan(2000);
    expect(member.events).toMatchObject([{ type: "fallback" }]);
    if (what === "kill") await redis.start();
    if (what === "freeze") redis.resume();
    await useUntil(member, () => member.events.length === 2);
    expect(member.events[1]).toEqual({ type: "shared" });
  });

  test("keeps to its share while the server is a replica, until it is promoted", async () => {
    await using redis = await startRedis();
    await using member = await connectLimiter(library, redis.url);
    await member.send(5);
    await member.connection.send("REPLICAOF", "127.0.0.1", String(await freePort()));
    await member.send(5);
    expect(member.events).toEqual([{ type: "fallback", reason: "READONLY" }]);
    await member.connection.send("REPLICAOF", "NO", "ONE");
    await useUntil(member, () => member.events.length === 2);
    expect(member.events[1]).toEqual({ type: "shared" });
  });

  test("no event has a text of the connection", async () => {
    await using redis = await startRedis();
    await using member = await connectLimiter(library, redis.url);
    await member.connection.send("CONFIG", "SET", "requirepass", "a-password");
    await using stranger = await connectLimiter(library, redis.url.replace("//", "//:a-wrong-password@"));
    await stranger.send(5);
    expect(stranger.events).toHaveLength(1);
    expect(Object.keys(stranger.events[0]!)).toEqual(["type", "reason"]);
    expect(stranger.events[0]!.reason).toMatch(/^\w{1,40}$/);
    expect(JSON.stringify(stranger.events)).not.toContain("password");
  });
});

test.each([
  [200, 8],
  [200, 7],
  [3, 8],
])("a rate of %d in a second is kept by %d processes together while there is no server", async (calls, processes) => {
  const clock = createVirtualClock();
  const redis = { evalSha: () => Promise.reject(new Error("away")), eval: () => Promise.reject(new Error("away")) };
  const times: number[] = [];
  const use = async (limiter: RateLimiter): Promise<void> => {
    const permit = await limiter.acquire({ ...request, rate: { calls, seconds: 1 } });
    times.push(clock.now());
    permit.done({ sent: true, throttled: false, succeeded: true });
  };
  const members = Array.from({ length: processes }, () => redisRateLimiter({ redis, processes, clock }));
  await clock.until(Promise.all(members.flatMap((limiter) => Array.from({ length: 100 }, () => use(limiter)))));
  expect(mostWithin(times, 1000)).toBeLessThanOrEqual(Math.max(calls, processes));
  expect(clock.now()).toBeLessThan((1.2 * 1000 * processes * 100) / calls);
});

test("a process waits for Retry-After also where there is no server any more", async () => {
  await using redis = await startRedis();
  await using member = await connectLimiter("ioredis", redis.url);
  const permit = await member.limiter.acquire(request);
  permit.done({ sent: true, throttled: true, succeeded: false, retryAfterMs: 1500 });
  const begin = now();
  redis.freeze();
  await member.send(1);
  redis.resume();
  expect(now() - begin).toBeGreaterThan(1400);
});

test("no permit of before an outage is used after it", async () => {
  await using redis = await startRedis();
  await using member = await connectLimiter("ioredis", redis.url);
  await member.send(20);
  redis.freeze();
  await member.send(5);
  await sleep(systemClock, 1500);
  redis.resume();
  await useUntil(member, () => member.events.length === 2);
  const times = await member.send(200);
  const first = times.filter((time) => time - times[0]! <= 500);
  expect(first.length).toBeLessThan(0.6 * 200);
});
