/** One process of a fleet: `node rate-process.ts <way> <url> <calls> <processes> [Redis]` says when it is ready, makes the calls at once when it gets a message, and sends how many succeeded. */
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { AdaptiveRetryStrategy } from "@smithy/core/retry";
import Bottleneck from "bottleneck";
import { Redis } from "ioredis";
import { RateLimiterQueue, RateLimiterRedis } from "rate-limiter-flexible";
import { createClient, type RateLimiter } from "@contact-groups/client";
import { redisRateLimiter } from "@contact-groups/client/redis";
import { operations } from "@contact-groups/openapi/model";

/** The interfaces of the SDK declare less than its classes need. */
type StandardRetryToken = Parameters<AdaptiveRetryStrategy["recordSuccess"]>[0];

/** Makes one call. Rejects if it failed. */
type Call = () => Promise<unknown>;

const [way = "", url = "", calls = "", processes = "", redisUrl = ""] = process.argv.slice(2);
const request = { From_Account: "user15", StartIndex: 0 };
const { path, rate } = operations.getContactGroup;

/** Sends one request with `fetch`. Rejects if its response is not a success. */
async function send(): Promise<void> {
  const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text-of-a-user-sig&random=1&contenttype=json";
  const response = await fetch(`${url}${path}?${query}`, { method: "POST", body: JSON.stringify(request) });
  const { ErrorCode } = (await response.json()) as { readonly ErrorCode: number };
  if (ErrorCode !== 0) throw new Error(`the service responded with ${ErrorCode}`);
}

/** Each way, set up as its documents show for a rate of this size. */
const ways: Readonly<Record<string, () => Call>> = {
  "fetch alone": () => send,
  "AWS SDK, adaptive mode": () => {
    const strategy = new AdaptiveRetryStrategy(async () => 3);
    return async () => {
      let token: StandardRetryToken = (await strategy.acquireInitialRetryToken("calls")) as StandardRetryToken;
      for (;;) {
        try {
          await send();
          return strategy.recordSuccess(token);
        } catch {
          token = (await strategy.refreshRetryTokenForRetry(token, { errorType: "THROTTLING" })) as StandardRetryToken;
          await setTimeout(token.getRetryDelay());
        }
      }
    };
  },
  Bottleneck: () => bottleneck({}),
  "Bottleneck with Redis": () =>
    bottleneck({
      id: "calls",
      datastore: "ioredis",
      connection: new Bottleneck.IORedisConnection({ client: connect() }),
    }),
  "rate-limiter-flexible with Redis": () => {
    const { calls: points, seconds: duration } = rate;
    const queue = new RateLimiterQueue(new RateLimiterRedis({ storeClient: connect(), points, duration }));
    return async () => {
      await queue.removeTokens(1);
      return send();
    };
  },
  client: () => client(undefined),
  "client with Redis": () => client(redisRateLimiter({ redis: connect(), processes: Number(processes) })),
};

function connect(): Redis {
  return new Redis(redisUrl);
}

function bottleneck(shared: Bottleneck.ConstructorOptions): Call {
  const limiter = new Bottleneck({
    reservoir: rate.calls,
    reservoirRefreshAmount: rate.calls,
    reservoirRefreshInterval: rate.seconds * 1000,
    minTime: (rate.seconds * 1000) / rate.calls,
    ...shared,
  });
  limiter.on("failed", (_, { retryCount }) => (retryCount < 2 ? 500 * 2 ** retryCount : undefined));
  return () => limiter.schedule(send);
}

function client(rateLimit: RateLimiter | undefined): Call {
  const userSig = "any-text-of-a-user-sig";
  const calling = createClient({ sdkAppId: 1400000000, identifier: "administrator", userSig, baseUrl: url, rateLimit });
  return () => calling.getContactGroup(request);
}

const call = ways[way]?.();
if (!call) throw new Error(`there is no way "${way}"`);
process.send?.("ready");
await once(process, "message");
const results = await Promise.allSettled(Array.from({ length: Number(calls) }, () => call()));
process.send?.(results.filter(({ status }) => status === "fulfilled").length, () => process.exit());
