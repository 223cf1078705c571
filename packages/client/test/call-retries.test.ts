import { expect, test } from "vitest";
import {
  ContactGroupsError,
  NetworkError,
  type ClientOptions,
  type Fetch,
  type RateLimiter,
  type RetryEvent,
} from "../src/index.ts";
import { respondWith, respondInTurn, clientOf, failed, okBody, recorder, rejection } from "./respond.ts";
import { parseRetryAfter } from "../src/retry.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";

const page = { From_Account: "user15", StartIndex: 0 };
const group = { From_Account: "user15", GroupContactItem: [{ GroupName: "family" }] };
const created = { ...okBody, GroupResultItem: [] };
const transient = failed(60008);

type Options = Parameters<typeof clientOf>[1];

function setUp(fetch: Parameters<typeof clientOf>[0], options: Options = {}) {
  const clock = createManualClock();
  return { clock, client: clientOf(fetch, { clock, rateLimit: false, ...options }) };
}

/** Lets time pass until the call has ended. */
async function over<Result>(clock: ManualClock, call: Promise<Result>): Promise<Result | ContactGroupsError> {
  const settled = call.catch((error: unknown) => {
    if (error instanceof ContactGroupsError) return error;
    throw error;
  });
  await clock.advance(120_000);
  return settled;
}

const refused = (): Promise<Response> =>
  Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }) }));
const refusedOfDeno: Fetch = (url) => {
  const text = `error sending request for url (${url}): client error (Connect): tcp connect error: Connection refused (os error 111)`;
  return Promise.reject(new TypeError("fetch failed", { cause: new Error(text) }));
};
const reset = (): Promise<Response> =>
  Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error("cut"), { code: "ECONNRESET" }) }));
const status =
  (code: number, headers = {}) =>
  (): Promise<Response> =>
    Promise.resolve(new Response(null, { status: code, headers }));

test.each([
  ["a transient code", transient],
  ["a throttle code", failed(60018)],
  ["a lost connection", reset],
  ["a refused connection", refused],
  ["HTTP 502", status(502)],
  ["HTTP 429", status(429)],
])("retries a read after %s", async (_, failure) => {
  const fetch = respondInTurn(failure, okBody);
  const { clock, client } = setUp(fetch);
  expect(await over(clock, client.getContactGroup(page))).toEqual(okBody);
  expect(fetch.count()).toBe(2);
});

test.each([
  ["a wrong request", failed(51011)],
  ["an unknown code", failed(9999)],
  ["HTTP 404", status(404)],
  ["a body that is not the service's", () => Promise.resolve(new Response("<html>"))],
])("does not retry a read after %s", async (_, failure) => {
  const fetch = respondInTurn(failure, okBody);
  const { clock, client } = setUp(fetch);
  expect(await over(clock, client.getContactGroup(page))).toBeInstanceOf(ContactGroupsError);
  expect(fetch.count()).toBe(1);
});

test.each([
  ["a refused connection", refused, 2],
  ["a refused connection of Deno", refusedOfDeno, 2],
  ["a throttle code", failed(60018), 2],
  ["HTTP 429", status(429), 2],
  ["a transient code", transient, 1],
  ["a lost connection", reset, 1],
  ["HTTP 502", status(502), 1],
] as const)("after %s, sends a create %#", async (_, failure, count) => {
  const fetch = respondInTurn(failure, created);
  const { clock, client } = setUp(fetch);
  await over(clock, client.createContactGroup(group));
  expect(fetch.count()).toBe(count);
});

test.each<[string, Options, object]>([
  ["the client", { retry: { retryUnsafe: true } }, {}],
  ["the call", {}, { retryUnsafe: true }],
])("retries a create that may have run where %s says so", async (_, options, init) => {
  const fetch = respondInTurn(transient, created);
  const { clock, client } = setUp(fetch, options);
  expect(await over(clock, client.createContactGroup(group, init))).toMatchObject({ failures: [] });
  expect(fetch.count()).toBe(2);
});

test.each<[string, Options, object]>([
  ["the client", { retry: false }, {}],
  ["the call", {}, { retry: false }],
])("retries nothing where %s says so", async (_, options, init) => {
  const fetch = respondInTurn(transient, okBody);
  const { clock, client } = setUp(fetch, options);
  expect(await over(clock, client.getContactGroup(page, init))).toMatchObject({ code: 60008, attempts: 1 });
  expect(fetch.count()).toBe(1);
});

test("throws after the maximum number of attempts, with their number in the error", async () => {
  const fetch = respondInTurn(transient);
  const { clock, client } = setUp(fetch, { retry: { maxAttempts: 4 } });
  expect(await over(clock, client.getContactGroup(page))).toMatchObject({ code: 60008, attempts: 4 });
  expect(fetch.count()).toBe(4);
});

test("sends each attempt with a new random and a fresh UserSig", async () => {
  const { fetch, requests } = recorder();
  const list = respondInTurn(transient, transient, okBody);
  let made = 0;
  const { clock, client } = setUp((url, init) => (void fetch(url, init), list(url, init)), {
    userSig: () => `eJw-signature-${++made}`,
    retry: { maxAttempts: 3 },
  });
  await over(clock, client.getContactGroup(page));
  const randoms = requests.map(({ url }) => new URL(url).searchParams.get("random"));
  expect(new Set(randoms).size).toBe(3);
});

test("calls onRetry for each retry, before it waits", async () => {
  const events: RetryEvent[] = [];
  const { clock, client } = setUp(respondInTurn(transient, transient, okBody), {
    onRetry: (event) => void events.push(event),
    random: () => 2 ** 31,
    retry: { baseDelayMs: 100 },
  });
  await over(clock, client.getContactGroup(page));
  expect(events).toMatchObject([
    { operation: "getContactGroup", attempt: 1, delayMs: 50, error: { code: 60008 } },
    { operation: "getContactGroup", attempt: 2, delayMs: 100, error: { code: 60008 } },
  ]);
});

test("a hook that throws does not break the call", async () => {
  const broken = (): never => {
    throw new Error("in the hook");
  };
  const options = { onRetry: broken, onAttempt: broken, logger: { debug: broken, warn: broken }, logLevel: "debug" };
  const { clock, client } = setUp(respondInTurn(transient, okBody), options as Options);
  expect(await over(clock, client.getContactGroup(page))).toEqual(okBody);
});

test.each([
  ["seconds", "7", 7000],
  ["a date", new Date(Date.UTC(2026, 0, 1) + 9000).toUTCString(), 9000],
])("waits as long as Retry-After says in %s", async (_, header, ms) => {
  const events: RetryEvent[] = [];
  const fetch = respondInTurn(status(503, { "Retry-After": header }), okBody);
  const { clock, client } = setUp(fetch, { onRetry: (event) => void events.push(event) });
  expect(await over(clock, client.getContactGroup(page))).toEqual(okBody);
  expect(events[0]?.delayMs).toBeGreaterThanOrEqual(ms);
  expect(events[0]?.delayMs).toBeLessThan(ms + 1000);
});

test("reads a date in Retry-After by the clock of the service", async () => {
  const now = Date.UTC(2026, 0, 1, 12);
  const headers = { Date: new Date(now).toUTCString(), "Retry-After": new Date(now + 9000).toUTCString() };
  const { client } = setUp(status(503, headers), { retry: false });
  expect(await rejection(client.getContactGroup(page))).toMatchObject({ retryAfterMs: 9000 });
});

test.each([
  ["two days", "172800"],
  ["more than a number can hold", "9".repeat(400)],
  ["a date in another century", "Fri, 01 Jan 2100 00:00:00 GMT"],
])("takes a Retry-After of %s for a day", (_, header) => {
  expect(parseRetryAfter(header, 0)).toBe(86_400_000);
});

test("fails immediately where the wait would outlast the deadline", async () => {
  const fetch = respondInTurn(status(503, { "Retry-After": "3600" }), okBody);
  const { clock, client } = setUp(fetch);
  const call = rejection(client.getContactGroup(page));
  await clock.advance(0);
  expect(await call).toMatchObject({ status: 503, attempts: 1 });
  expect(clock.pending()).toBe(0);
});

test("rejects with the signal's reason where it is aborted in the turn in which a retry begins", async () => {
  const controller = new AbortController();
  const clock = createManualClock();
  let permits = 0;
  const acquire: RateLimiter["acquire"] = () =>
    ++permits === 1 ? { done: () => undefined } : new Promise(() => undefined);
  const abortWithTimer = { ...clock, after: (ms: number, run: () => void) => clock.after(ms, () => (run(), abort())) };
  const abort = (): void => controller.abort(new Error("stop"));
  const client = clientOf(status(503), { clock: abortWithTimer, rateLimit: { acquire } });
  const call = rejection(client.getContactGroup(page, { signal: controller.signal }));
  await clock.advance(1000);
  expect(await call).toBe(controller.signal.reason);
});

test("rejects with the signal's reason while it waits", async () => {
  const reason = new Error("the user went away");
  const controller = new AbortController();
  const fetch = respondInTurn(transient);
  const { clock, client } = setUp(fetch);
  const call = rejection(client.getContactGroup(page, { signal: controller.signal }));
  await clock.advance(0);
  controller.abort(reason);
  expect(await call).toBe(reason);
  expect(fetch.count()).toBe(1);
  expect(clock.pending()).toBe(0);
});

test.each([70001, 70052])("renews the UserSig after %d and retries any call once", async (code) => {
  for (const method of ["getContactGroup", "createContactGroup"] as const) {
    const seen: string[] = [];
    const list = respondInTurn(failed(code), failed(code), created);
    const { clock, client } = setUp(
      (url, init) => (seen.push(new URL(url).searchParams.get("usersig")!), list(url, init)),
      {
        userSig: (() => {
          let made = 0;
          return () => `eJw-signature-${++made}`;
        })(),
      },
    );
    const call = method === "getContactGroup" ? client.getContactGroup(page) : client.createContactGroup(group);
    expect(await over<object>(clock, call)).toMatchObject({ code, attempts: 2, retryable: false });
    expect(seen).toEqual(["eJw-signature-1", "eJw-signature-2"]);
  }
});

test("does not retry a call with a fixed UserSig that is rejected", async () => {
  const fetch = respondInTurn(failed(70001));
  const { clock, client } = setUp(fetch);
  expect(await over(clock, client.getContactGroup(page))).toMatchObject({ code: 70001, attempts: 1, retryable: false });
  expect(fetch.count()).toBe(1);
});

test("does not use a rejected UserSig again, also where no call is retried", async () => {
  const seen: (string | null)[] = [];
  const userSig = () => `eJw-signature-${seen.length + 1}`;
  const respond = respondInTurn(failed(70001), okBody);
  const fetch: Fetch = (url, init) => (seen.push(new URL(url).searchParams.get("usersig")), respond(url, init));
  const { client } = setUp(fetch, { userSig, retry: false });
  expect(await rejection(client.getContactGroup(page))).toMatchObject({ code: 70001, retryable: true });
  await client.getContactGroup(page);
  expect(seen).toEqual(["eJw-signature-1", "eJw-signature-2"]);
});

test("keeps the cause of a failed UserSig function, and sends nothing", async () => {
  const cause = new Error("the key store is down");
  const { fetch, requests } = recorder();
  let calls = 0;
  const { clock, client } = setUp(fetch, { userSig: () => (calls++, Promise.reject(cause)) });
  const error = await over(clock, client.getContactGroup(page));
  expect(error).toMatchObject({ name: "UserSigError", attempts: 0, cause, operation: "getContactGroup" });
  expect(error).toHaveProperty("retryable", true);
  expect(calls).toBe(3);
  expect(error).toHaveProperty("message", "getContactGroup could not be signed: the key store is down");
  expect(requests).toEqual([]);
});

test("does not multiply an outage by its retries", async () => {
  const fetch = respondInTurn(reset);
  const { clock, client } = setUp(fetch, { retry: { maxAttempts: 5 } });
  const calls = Array.from({ length: 1000 }, () => rejection(client.getContactGroup(page)));
  await clock.advance(120_000);
  const errors = await Promise.all(calls);
  expect(errors.every((error) => error instanceof NetworkError)).toBe(true);
  expect(fetch.count()).toBeLessThan(1250);
});

test("checks the options of retries", () => {
  expect(() => setUp(respondWith(okBody), { retry: { maxAttempts: 0 } })).toThrow(/^retry\.maxAttempts must be/);
  const options: Partial<ClientOptions> = { timeoutMs: Number.NaN };
  expect(() => setUp(respondWith(okBody), options as Options)).toThrow(/^timeoutMs must be a number of milliseconds/);
});
