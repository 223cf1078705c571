import { expect, test } from "vitest";
import { ApiError, InvalidArgumentError, NetworkError, type AttemptEvent, type Middleware } from "../src/index.ts";
import { operations } from "@contact-groups/openapi/model";
import type { EndpointPath } from "../src/index.ts";
import { createMockClient } from "../src/testing.ts";
import { createManualClock } from "./manual-clock.ts";
import { clientOf, failed, okBody, recorder, rejection, respondInTurn, respondWith } from "./respond.ts";

const path = "v4/openim/sendmsg";
const message = { To_Account: "user0", MsgRandom: 7, MsgBody: [] };
const lost = (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));

test("posts the body to the path, signed as any operation", async () => {
  const { fetch, requests } = recorder();
  expect(await clientOf(fetch).call(path, message)).toEqual(okBody);
  const url = new URL(requests[0]!.url);
  expect(url.pathname).toBe(`/${path}`);
  expect([...url.searchParams.keys()]).toEqual(["sdkappid", "identifier", "contenttype", "usersig", "random"]);
  expect(await requests[0]!.json()).toEqual(message);
});

test("a failed call is an ApiError with the code, its entry in the catalogue and the path", async () => {
  const error = await rejection(clientOf(respondWith(failed(60004))).call(path, message, { retry: false }));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: 60004, entryName: "AccountCheckFailed", operation: path, attempts: 1 });
  expect((error as Error).message).toContain(`${path} failed with 60004`);
  const { error: safe } = await clientOf(respondWith(failed(99999))).safe.call(path, message);
  expect(safe).toMatchObject({ kind: "api", code: 99999, operation: path });
});

test("is retried only where it did not run, or where the caller says that it can run twice", async () => {
  const clock = createManualClock();
  for (const [init, attempts] of [
    [{}, 1],
    [{ retryUnsafe: true }, 2],
    [{ retryUnsafe: true, retry: false }, 1],
  ] as const) {
    const fetch = respondInTurn(lost, okBody);
    const end = clientOf(fetch, { clock })
      .call(path, message, init)
      .catch((error: unknown) => error);
    await clock.advance(10_000);
    expect(await end).toEqual(attempts === 1 ? expect.any(NetworkError) : okBody);
    expect(fetch.count()).toBe(attempts);
  }
});

test("has a rate of its own for each path: the one given, otherwise the lowest of the operations", async () => {
  const lowest = Math.min(...Object.values(operations).map(({ rate }) => rate.calls / rate.seconds));
  const keys: unknown[] = [];
  const client = clientOf(respondWith(okBody), {
    rateLimit: {
      acquire({ operation, rate }) {
        keys.push([operation, rate.calls / rate.seconds]);
        return { done: () => undefined };
      },
    },
  });
  await client.call(path, message);
  await client.call("v4/profile/portrait_get", {}, { rate: { calls: 5, seconds: 1 } });
  expect(keys).toEqual([
    [path, lowest],
    ["v4/profile/portrait_get", 5],
  ]);
  for (const rate of [{ calls: 0, seconds: 1 }, null, 5])
    expect(await rejection(client.call(path, {}, { rate } as object))).toMatchObject({ argument: "rate" });
});

test("waits for the rate of its path", async () => {
  const clock = createManualClock();
  const { fetch, requests } = recorder();
  const client = clientOf(fetch, { clock });
  const rate = { calls: 1, seconds: 10 };
  const calls = Promise.all([1, 2].map(() => client.call(path, message, { rate })));
  await clock.advance(5000);
  expect(requests).toHaveLength(1);
  await clock.advance(6000);
  expect(await calls).toHaveLength(2);
});

test("the path of an operation is called as that operation", async () => {
  const client = createMockClient();
  client.mock.next("v4/recentcontact/get_contact_group", { example: "OnlyPage" } as never, { error: 50001 });
  const own = operations.getContactGroup.path.slice(1) as EndpointPath;
  expect(await client.call(own, { From_Account: "user15", StartIndex: 0 })).toHaveProperty("ContactItem");
  expect(await rejection(client.call(own, { From_Account: "user15", StartIndex: 0 }))).toMatchObject({
    operation: "getContactGroup",
  });
  expect(await rejection(client.call(own, { StartIndex: 0 }))).toBeInstanceOf(InvalidArgumentError);
});

test.each([
  "/v4/openim/sendmsg",
  "openim/sendmsg",
  "v4",
  "v4/",
  "v4/../admin",
  "v4/openim/%2e%2e/admin",
  "v4/openim/sendmsg?usersig=x",
  "v4/openim/sendmsg#x",
  "v4//evil.test/x",
  "https://evil.test/v4/openim/sendmsg",
  "v4/openim\\sendmsg",
  "v4/openim/sendmsg\n",
  "getContactGroup",
  undefined,
  7,
])("rejects the path %j without showing it, and sends nothing", async (wrong) => {
  const { fetch, requests } = recorder();
  const error = await rejection(clientOf(fetch).call(wrong as EndpointPath, {}));
  expect(error).toMatchObject({ name: "InvalidArgumentError", argument: "path" });
  expect((error as Error).message).not.toContain("evil");
  expect(requests).toEqual([]);
});

test("rejects a body that is not an object", async () => {
  const { fetch, requests } = recorder();
  for (const body of [undefined, null, "text", []])
    expect(await rejection(clientOf(fetch).call(path, body as never))).toBeInstanceOf(InvalidArgumentError);
  expect(requests).toEqual([]);
});

test("middlewares and events see the path, and no credential is in an error of it", async () => {
  const seen: unknown[] = [];
  const events: AttemptEvent[] = [];
  const middleware: Middleware = (call, next) => {
    seen.push([call.operation, call.path, call.body]);
    return next({ ...call, body: { ...call.body, From_Account: "user1" } });
  };
  const userSig = "eJw-a-usersig_of*tests";
  const client = clientOf((url) => Promise.reject(new Error(`connect to ${url}`)), {
    middleware: [middleware],
    onAttempt: (event) => void events.push(event),
    retry: false,
  });
  const error = await rejection(client.call(path, message));
  expect(seen).toEqual([[path, `/${path}`, message]]);
  expect(events).toMatchObject([{ operation: path, attempt: 1 }]);
  expect(JSON.stringify([error, (error as NetworkError).cause, (error as Error).message])).not.toContain(userSig);
});

test("a mock client responds to a path with what is planned, otherwise with success, and records the request", async () => {
  const client = createMockClient({ baseUrl: "http://contact-groups.test/chat" });
  client.mock.next(path, { body: { ...okBody, MsgTime: 1 } }, { error: 60004 }, { network: true });
  client.mock.always("v4/profile/portrait_get", ({ To_Account }) => ({ body: { ...okBody, To_Account } }));
  const { MsgTime } = await client.call<{ MsgTime: number }>(path, message);
  expect(MsgTime).toBe(1);
  expect(await rejection(client.call(path, message))).toHaveProperty("code", 60004);
  expect(await rejection(client.call(path, message))).toBeInstanceOf(NetworkError);
  expect(await client.call(path, message)).toEqual(okBody);
  expect(await client.call("v4/profile/portrait_get", { To_Account: ["a"] })).toHaveProperty("To_Account", ["a"]);
  expect(client.mock.calls).toHaveLength(5);
  expect(client.mock.calls[0]).toMatchObject({ operation: path, body: message });
  expect(() => client.mock.next(path, { example: "OnlyPage" } as never)).toThrow(InvalidArgumentError);
  expect(() => client.mock.next("openim/sendmsg" as never)).toThrow("a path or one of");
});
