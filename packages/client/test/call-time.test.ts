import { expect, test } from "vitest";
import { createClient, TimeoutError } from "../src/index.ts";
import { errorCodes, limits, limitTexts } from "@contact-groups/openapi/model";
import { respondInTurn, clientOf, failed, okBody, recorder, rejection } from "./respond.ts";
import { listen } from "./listen.ts";
import { createManualClock } from "./manual-clock.ts";
import { createVirtualClock } from "./virtual-clock.ts";
import { seededRandom } from "./seeded-random.ts";

const page = { From_Account: "user15", StartIndex: 0 };
const never = (): Promise<Response> => new Promise(() => undefined);

test("the time for an attempt is above the service's own time-out", async () => {
  const clock = createManualClock();
  const call = rejection(clientOf(never, { clock, retry: false }).getContactGroup(page));
  const { maximum, error } = limits.serviceTimeout;
  expect([limitTexts.serviceTimeout.unit, error]).toEqual(["seconds", errorCodes.ServiceTimeout]);
  await clock.advance(maximum * 1000 + 1);
  expect(clock.pending()).toBe(1);
  await clock.advance(10_000);
  expect(await call).toMatchObject({
    name: "TimeoutError",
    limit: "timeoutMs",
    ms: limits.serviceTimeout.maximum * 1000 + 2000,
    attempts: 1,
    retryable: true,
  });
});

test("ends an attempt that takes too long, also where fetch ignores its signal, and retries a read", async () => {
  const clock = createManualClock();
  const fetch = respondInTurn(never, okBody);
  const call = clientOf(fetch, { clock, timeoutMs: 1000 }).getContactGroup(page);
  await clock.advance(5000);
  expect(await call).toEqual(okBody);
  expect(fetch.count()).toBe(2);
});

test("the signal that fetch gets is aborted when the time is up", async () => {
  const clock = createManualClock();
  const signals: (AbortSignal | null | undefined)[] = [];
  const call = rejection(
    clientOf((_, { signal }) => (signals.push(signal), never()), { clock, retry: false }).getContactGroup(page),
  );
  await clock.advance(10_000);
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  expect(signals[0]?.reason).toBe(await call);
});

test("the deadline ends the whole call, in any attempt", async () => {
  const clock = createManualClock();
  const call = rejection(clientOf(never, { clock, timeoutMs: 1000, deadlineMs: 1500 }).getContactGroup(page));
  await clock.advance(1499);
  expect(clock.pending()).toBe(1);
  await clock.advance(1);
  const error = await call;
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ limit: "deadlineMs", ms: 1500 });
  expect(error).toHaveProperty("message", "getContactGroup got no response within 1500 ms (deadlineMs)");
});

test("both times can be set for a call", async () => {
  const clock = createManualClock();
  const client = clientOf(never, { clock, retry: false });
  const quick = rejection(client.getContactGroup(page, { timeoutMs: 10 }));
  const short = rejection(client.getContactGroup(page, { deadlineMs: 20 }));
  await clock.advance(20);
  expect(await quick).toMatchObject({ limit: "timeoutMs", ms: 10 });
  expect(await short).toMatchObject({ limit: "deadlineMs", ms: 20 });
  expect(await rejection(client.getContactGroup(page, { timeoutMs: -1 }))).toMatchObject({ argument: "timeoutMs" });
});

test("the deadline begins with the first request that is sent, also where an attempt got no UserSig before it", async () => {
  const clock = createVirtualClock(40);
  let asked = 0;
  const userSig = async (): Promise<string> => {
    if (asked++ === 0) throw new Error("the vault is locked");
    return "eJw-a-usersig_of*tests";
  };
  const fetch = respondInTurn(failed(errorCodes.CallRateExceeded));
  const call = rejection(clientOf(fetch, { clock, userSig, deadlineMs: 5000 }).getContactGroup(page));
  expect(await clock.until(Promise.race([call, clock.sleep(20_000)]))).toMatchObject({ attempts: fetch.count() });
});

test("waiting for the rate limit before the first attempt does not count for the deadline", async () => {
  const clock = createManualClock();
  const { fetch, requests } = recorder();
  const client = clientOf(fetch, { clock, deadlineMs: 1000, sdkAppId: 7, rateLimit: { calls: 1, seconds: 1 } });
  const calls = Promise.all(Array.from({ length: 10 }, () => client.getContactGroup(page)));
  await clock.advance(20_000);
  expect(await calls).toHaveLength(10);
  expect(requests).toHaveLength(10);
});

test("throws a TimeoutError and sends nothing where the UserSig function never resolves", async () => {
  const clock = createManualClock();
  const { fetch, requests } = recorder();
  const client = clientOf(fetch, { clock, retry: false, userSig: () => new Promise<string>(() => undefined) });
  const call = rejection(client.getContactGroup(page));
  await clock.advance(10_000);
  expect(await call).toMatchObject({ name: "TimeoutError", attempts: 0 });
  expect(requests).toEqual([]);
});

test("nothing is left behind by calls that have ended", async () => {
  const clock = createManualClock();
  const controller = new AbortController();
  const client = clientOf(respondInTurn(okBody, failed(51011)), { clock });
  await client.getContactGroup(page, { signal: controller.signal });
  await rejection(client.getContactGroup(page, { signal: controller.signal }));
  expect(clock.pending()).toBe(0);
});

test("the machine's own clock ends a call over a socket", async () => {
  await using server = await listen(() => undefined);
  const credentials = { sdkAppId: 1400000000, identifier: "administrator", userSig: "eJw-a-usersig_of*tests" };
  const client = createClient({
    ...credentials,
    baseUrl: server.url,
    timeoutMs: 20,
    retry: false,
    random: seededRandom(),
  });
  expect(await rejection(client.getContactGroup(page))).toMatchObject({ name: "TimeoutError", ms: 20 });
});
