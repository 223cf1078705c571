import { operations } from "@contact-groups/openapi/model";
import type { Circumstances, Program } from "../program.ts";
import { startCountingRedis } from "../redis-server.ts";
import type { Report } from "../report.ts";
import { compareWays } from "./rate.ts";

const { calls: quota } = operations.getContactGroup.rate;

export const about: string = `Eight processes that share a quota of ${quota} calls per second through Redis, which the emulator enforces in each second. The last one has no Redis.`;
export const peers: Program["peers"] = ["bottleneck", "rate-limiter-flexible", "ioredis"];

const ways = ["Bottleneck with Redis", "rate-limiter-flexible with Redis", "client with Redis", "client"];

export async function* measure({ quick }: Circumstances): AsyncGenerator<Report> {
  await using redis = await startCountingRedis();
  yield* compareWays(ways, "8 processes with Redis, 2,000 calls", "emulator", 8, 2000, quick ? 1 : 3, redis);
}
