import { inspect } from "node:util";
import type { Middleware } from "openapi-fetch";
import { expect, test } from "vitest";
import { operations, successExamples } from "@contact-groups/openapi/model";
import { InvalidArgumentError, NetworkError, TimeoutError, type ClientOptions } from "../src/index.ts";
import { createOpenapiFetchClient } from "../src/openapi-fetch.ts";
import { createManualClock } from "./manual-clock.ts";
import { failed, okBody, recorder, rejection, respondInTurn, respondWith } from "./respond.ts";
import { seededRandom } from "./seeded-random.ts";

const userSig = "eJw-a-usersig_of*tests";
const path = operations.getContactGroup.path;
const body = { From_Account: "user15", StartIndex: 0 };

function clientOf(fetch: ClientOptions["fetch"], options: Partial<ClientOptions> = {}) {
  return createOpenapiFetchClient({
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig,
    baseUrl: "http://service.test/chat",
    fetch,
    random: seededRandom(),
    ...options,
  } as ClientOptions);
}

test("posts to the path of an operation, signed, and gives the body as data", async () => {
  const { fetch, requests } = recorder();
  const { data, error, response } = await clientOf(fetch).POST(path, { body });
  expect(data).toEqual(okBody);
  expect(error).toBeUndefined();
  expect(response.status).toBe(200);
  const url = new URL(requests[0]!.url);
  expect(url.pathname).toBe(`/chat${path}`);
  expect(url.searchParams.get("usersig")).toBe(userSig);
  expect(await requests[0]!.json()).toEqual(body);
});

test("data and error have the types of the operation", async () => {
  const { data, error } = await clientOf(respondWith(successExamples.getContactGroup.OnlyPage)).POST(path, { body });
  // Compiles only if `data` is a page and `error` the envelope of a failure.
  const seen: [number | undefined, number | undefined] = [data?.ContactItem?.length, error?.ErrorCode];
  expect(seen).toEqual([successExamples.getContactGroup.OnlyPage.ContactItem?.length, undefined]);
  // @ts-expect-error - StartIndex is a number, and the query is not given
  void (() => clientOf(undefined).POST(path, { body: { ...body, StartIndex: "0" } }));
});

test.each([
  [51010, 400],
  [70003, 401],
  [51013, 403],
  [60007, 429],
  [60004, 503],
  [99999, 400],
])("a call that fails with %i is an error with status %i and the code", async (code, status) => {
  const fetch = respondWith({ ...failed(code, `usersig=${userSig} is wrong`), RequestId: "r1" });
  const { data, error, response } = await clientOf(fetch, { retry: false }).POST(path, { body });
  expect(data).toBeUndefined();
  expect(error).toEqual({
    ActionStatus: "FAIL",
    ErrorCode: code,
    ErrorInfo: "usersig=[redacted] is wrong",
    RequestId: "r1",
  });
  expect(response.status).toBe(status);
});

test("a middleware sees requests and responses without a credential, and can change both", async () => {
  const { fetch, requests } = recorder();
  const seen: string[] = [];
  const middleware: Middleware = {
    async onRequest({ request }) {
      seen.push(inspect(request), request.url, await request.clone().text());
      return new Request(request, { headers: { ...Object.fromEntries(request.headers), "x-trace": "7" } });
    },
    async onResponse({ response }) {
      seen.push(inspect(response), response.url);
      return Response.json({ ...((await response.json()) as object), seen: true });
    },
  };
  const client = clientOf(fetch);
  client.use(middleware);
  expect((await client.POST(path, { body })).data).toEqual({ ...okBody, seen: true });
  expect(requests[0]!.headers.get("x-trace")).toBe("7");
  expect(seen.join()).not.toMatch(/usersig|eJw/i);
  expect(seen[1]).toBe(`http://service.test/chat${path}`);
});

test("what is not a response of the service is thrown, and passes onError of middlewares", async () => {
  const fetch = (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
  const client = clientOf(fetch, { retry: false });
  const errors: unknown[] = [];
  client.use({ onError: ({ error }) => void errors.push(error) });
  const error = await rejection(client.POST(path, { body }));
  expect(error).toBeInstanceOf(NetworkError);
  expect(errors).toEqual([error]);
  expect(await rejection(client.POST(path, { body: { ...body, StartIndex: -1 } }))).toMatchObject({
    name: "InvalidArgumentError",
    pointer: "/StartIndex",
  });
});

test("retries as createClient does, and takes the options of a call next to the body", async () => {
  const clock = createManualClock();
  const fetch = respondInTurn(failed(60004), okBody);
  const retried = clientOf(fetch, { clock }).POST(path, { body });
  await clock.advance(10_000);
  expect((await retried).data).toEqual(okBody);
  expect(fetch.count()).toBe(2);

  const once = await clientOf(respondInTurn(failed(60004), okBody)).POST(path, { body, retry: false });
  expect(once.error?.ErrorCode).toBe(60004);
  const hanging = clientOf(() => new Promise(() => undefined), { clock, retry: false });
  const late = rejection(hanging.POST(path, { body, timeoutMs: 50 }));
  await clock.advance(60);
  expect(await late).toBeInstanceOf(TimeoutError);
  expect(await late).toMatchObject({ ms: 50 });
});

test("rejects with the reason of the signal", async () => {
  const controller = new AbortController();
  const client = clientOf(() => new Promise(() => undefined));
  const call = client.POST(path, { body, signal: controller.signal });
  const reason = new Error("the user went away");
  controller.abort(reason);
  expect(await rejection(call)).toBe(reason);
});

test("sends nothing to another host, by another method, with a query or with a body that is not JSON", async () => {
  const { fetch, requests } = recorder();
  const client = clientOf(fetch);
  const anyClient = client as unknown as Record<string, (path: string, init: object) => Promise<unknown>>;
  const calls: Record<string, () => Promise<unknown>> = {
    baseUrl: () => client.POST(path, { body, baseUrl: "http://another.test/chat" }),
    method: () => anyClient["GET"]!(path, {}),
    path: () => client.POST(path, { body, params: { query: { usersig: "x" } } } as never),
    body: () => client.POST(path, { body, bodySerializer: () => "no JSON" }),
  };
  for (const [argument, call] of Object.entries(calls))
    expect(await rejection(call())).toMatchObject({ name: "InvalidArgumentError", argument });
  expect(requests).toEqual([]);
});

test("rejects invalid options", () => {
  expect(() => clientOf(undefined, { sdkAppId: 0 })).toThrow(InvalidArgumentError);
});
