/** A process of a fleet. It makes calls from "start" until all have ended, and reports how they ended. */
import { createClient } from "../../src/index.ts";
import { redisRateLimiter, type RedisRateLimiterEvent } from "../../src/redis.ts";
import { connect } from "./connections.ts";
import type { Member, MemberReport } from "./fleet.ts";

const { library, redisUrl, serviceUrl, calls, processes } = JSON.parse(process.argv[2] ?? "") as Member;

const events: RedisRateLimiterEvent["type"][] = [];
const { redis } = await connect(library, redisUrl);
let attempts = 0;
const sends: number[] = [];
const client = createClient({
  sdkAppId: 1400000000,
  identifier: "administrator",
  userSig: "any-text",
  baseUrl: serviceUrl,
  // A machine that stalls is no outage of the server.
  rateLimit: redisRateLimiter({ redis, processes, timeoutMs: 20_000, onEvent: ({ type }) => events.push(type) }),
  onAttempt: ({ startedAt }) => (attempts++, sends.push(startedAt)),
});

process.once("message", () => {
  const job = Array.from({ length: calls }, () =>
    client.getContactGroup({ From_Account: "user15", StartIndex: 0 }, { lane: "bulk" }).then(
      () => 0,
      () => 1,
    ),
  );
  void Promise.all<number>(job).then((ends) => {
    const failed = ends.reduce((sum, end) => sum + end, 0);
    const report: MemberReport = { failed, attempts, events, sends };

    process.send?.(report);
  });
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
