import { metrics, trace } from "@opentelemetry/api";
import { operations } from "@contact-groups/openapi/model";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { ClientOptions, Fetch } from "../src/index.ts";
import { otelMiddleware } from "../src/otel.ts";
import { createManualClock } from "./manual-clock.ts";
import { recordMetrics, type Recording } from "./meters.ts";
import { clientOf, failed, okBody, rejection, respondInTurn, respondWith } from "./respond.ts";

const page = { From_Account: "user15", StartIndex: 0 };
const { path } = operations.getContactGroup;
const operation = {
  "tencent_cloud_chat.operation": "getContactGroup",
  "server.address": "service.test",
  "server.port": 80,
};
const http = { ...operation, "http.request.method": "POST", "url.scheme": "http", "url.template": path };

/** Time as the middleware measures it. */
let now = 0;
beforeEach(() => void vi.spyOn(performance, "now").mockImplementation(() => now));
afterEach(() => void vi.restoreAllMocks());

function metered(fetch: Fetch, options: Partial<ClientOptions> = {}) {
  const recording = recordMetrics();
  onTestFinished(() => recording.stop());
  const middleware = [otelMiddleware({ meter: recording.meter, tracer: trace.getTracer("none") })];
  return { recording, client: clientOf(fetch, { middleware, ...(options as object) }) };
}

test("the duration of each attempt is recorded by the semantic conventions", async () => {
  const clock = createManualClock();
  const responses = respondInTurn(failed(60008), () => Promise.resolve(new Response(null, { status: 502 })), okBody);
  const slow: Fetch = async (...request) => {
    await new Promise<void>((resolve) => void clock.after(250, resolve));
    return responses(...request);
  };
  const { client, recording } = metered(slow, { clock, random: () => 0 });
  const call = client.getContactGroup(page);
  await clock.advance(10_000);
  await call;

  const metric = (await recording.collect()).get("http.client.request.duration");
  expect(metric?.descriptor).toMatchObject({
    unit: "s",
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] },
  });
  const once = { count: 1, sum: 0.25 };
  expect(await recording.series("http.client.request.duration")).toEqual([
    {
      attributes: {
        ...http,
        "http.response.status_code": 200,
        "error.type": "60008",
        "tencent_cloud_chat.error_code": 60008,
      },
      value: once,
    },
    { attributes: { ...http, "http.response.status_code": 502, "error.type": "502" }, value: once },
    { attributes: { ...http, "http.response.status_code": 200 }, value: once },
  ]);
  expect(await recording.series("tencent_cloud_chat.client.call.attempts")).toEqual([
    { attributes: operation, value: { count: 1, sum: 3 } },
  ]);
});

test("the duration of a call includes its waits, and has the type of its error", async () => {
  const fetch: Fetch = () => {
    now += 1500;
    return respondInTurn(failed(51007))("", {});
  };
  const { client, recording } = metered(fetch);
  await rejection(client.getContactGroup(page));
  expect(await recording.series("tencent_cloud_chat.client.call.duration")).toEqual([
    {
      attributes: { ...operation, "error.type": "51007", "tencent_cloud_chat.error_code": 51007 },
      value: { count: 1, sum: 1.5 },
    },
  ]);
});

test("a call that was not sent has no attempt", async () => {
  const { client, recording } = metered(respondWith(okBody));
  await rejection(client.getContactGroup({ ...page, From_Account: "" }));
  expect(await recording.series("http.client.request.duration")).toEqual([]);
  expect(await recording.series("tencent_cloud_chat.client.call.attempts")).toEqual([
    { attributes: operation, value: { count: 1, sum: 0 } },
  ]);
});

test("the wait of each attempt for the rate is recorded", async () => {
  const clock = createManualClock();
  const { client, recording } = metered(respondWith(okBody), { clock, rateLimit: { calls: 1, seconds: 1 } });
  const calls = [client.getContactGroup(page), client.getContactGroup(page)];
  await clock.advance(10_000);
  await Promise.all(calls);
  expect(await recording.series("tencent_cloud_chat.client.queue.wait")).toEqual([
    { attributes: operation, value: { count: 2, sum: expect.closeTo(1, 1) } },
  ]);
});

test("no attribute of a metric has a credential or a user's ID", async () => {
  const { client, recording } = metered(respondWith(failed(70003, "the usersig eJw-a-usersig_of*tests of user15")));
  await rejection(client.getContactGroup(page));
  const collected = JSON.stringify([...(await recording.collect()).values()]);
  for (const secret of ["eJw-a-usersig", "1400000000", "administrator", "user15", "usersig"])
    expect(collected).not.toContain(secret);
});

test("the meter of the global provider is used, also of one that is set after the middleware was created", async () => {
  const middleware = [otelMiddleware()];
  const recording: Recording = recordMetrics();
  metrics.setGlobalMeterProvider({ getMeter: (name) => (names.push(name), recording.meter) });
  const names: string[] = [];
  onTestFinished(async () => {
    metrics.disable();
    await recording.stop();
  });
  await clientOf(respondWith(okBody), { middleware }).getContactGroup(page);
  expect(names).toEqual(["@contact-groups/client"]);
  expect(await recording.series("tencent_cloud_chat.client.call.attempts")).toHaveLength(1);
});

test("gauges show the queue, the rate in use and the retries that are left", async () => {
  const clock = createManualClock();
  const { client, recording } = metered(respondInTurn(failed(60008), okBody), {
    clock,
    rateLimit: { calls: 10, seconds: 1 },
    retry: { budget: { capacity: 5, perSuccess: 0, perSecond: 0 } },
    random: () => 0,
  });
  const gauge = (name: string) => recording.series(`tencent_cloud_chat.client.${name}`);
  const calls = Array.from({ length: 50 }, () => client.getContactGroup(page));
  await clock.advance(0);
  const waiting = expect.toSatisfy((value: number) => value > 0 && value < 50);
  expect(await gauge("queue.length")).toEqual([{ attributes: operation, value: waiting }]);
  expect(await gauge("rate")).toEqual([{ attributes: operation, value: 10 }]);

  await clock.advance(10_000);
  await Promise.all(calls);
  expect(await gauge("queue.length")).toEqual([{ attributes: operation, value: 0 }]);
  const { "tencent_cloud_chat.operation": _, ...server } = operation;
  expect(await gauge("retry_budget")).toEqual([{ attributes: server, value: 4 }]);
});

test("a client without a rate limit and a budget shows neither", async () => {
  const { client, recording } = metered(respondWith(okBody), { rateLimit: false, retry: { budget: false } });
  await client.getContactGroup(page);
  for (const name of ["queue.length", "rate", "retry_budget"])
    expect(await recording.series(`tencent_cloud_chat.client.${name}`)).toEqual([]);
});
