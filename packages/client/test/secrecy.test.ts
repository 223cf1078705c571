import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ContactGroupsError, createClient, type Fetch } from "../src/index.ts";
import { respondWith, clientOf, okBody, rejection } from "./respond.ts";
import { listen } from "./listen.ts";
import { seededRandom } from "./seeded-random.ts";

const userSig = "eJw/distinctive+UserSig=*never-to_be*seen";
const page = { From_Account: "user15", StartIndex: 0 };

/** Every way in which a value gets into a log. */
function printed(value: unknown): string {
  const texts = [
    String(value),
    JSON.stringify(value),
    inspect(value, { depth: Infinity, showHidden: true, getters: true }),
  ];
  if (value instanceof Error) texts.push(value.message, value.stack ?? "", printed(value.cause));
  return texts.join("\n");
}

/** The parts of the UserSig that a text shows. */
function leaks(text: string): string[] {
  return ["distinctive", "never-to_be", userSig, encodeURIComponent(userSig)].filter((part) => text.includes(part));
}

/** Failures that carry the URL in every known place. */
const hostile: Record<string, Fetch> = {
  "an error with the URL in its message": (url) => Promise.reject(new Error(`error sending request for url (${url})`)),
  "an error with the URL in its stack only": (url) =>
    Promise.reject(Object.assign(new Error("x"), { stack: `at ${url}` })),
  "an error with the request as a property": (url, init) =>
    Promise.reject(Object.assign(new Error("x"), { request: new Request(url, init) })),
  "an error with the URL in a nested property": (url) =>
    Promise.reject(Object.assign(new Error("x"), { config: { url: [url] } })),
  "an error with the URL as a code": (url) => Promise.reject(Object.assign(new Error("x"), { code: url })),
  "an error with the URL in its cause's cause": (url) =>
    Promise.reject(new TypeError("fetch failed", { cause: new Error("x", { cause: new Error(url) }) })),
  "an error with the URL in an AggregateError": (url) => Promise.reject(new AggregateError([new Error(url)], "many")),
  "an error with the URL behind a getter": (url) =>
    Promise.reject(Object.defineProperty(new Error("x"), "url", { get: () => url, enumerable: true })),
  "text instead of an error": (url) => Promise.reject(url),
  "a request instead of an error": (url, init) => Promise.reject(new Request(url, init)),
  "an error that is its own cause": (url) => {
    const error = new Error(url);
    error.cause = error;
    return Promise.reject(error);
  },
  "ErrorInfo with the URL": (url) =>
    respondWith({ ActionStatus: "FAIL", ErrorCode: 70003, ErrorInfo: `bad request ${url}` })(url, {}),
  "ErrorInfo with the UserSig": respondWith({ ActionStatus: "FAIL", ErrorCode: 70003, ErrorInfo: `bad ${userSig}` }),
  "a body that is not JSON, with the URL": (url) => Promise.resolve(new Response(`<a href="${url}">`)),
  "JSON that is not the envelope, with the URL": (url) => Promise.resolve(Response.json({ url })),
  "a redirect to the URL": (url) => Promise.resolve(new Response(null, { status: 302, headers: { Location: url } })),
  "an error status with the URL": (url) =>
    Promise.resolve(new Response(url, { status: 502, statusText: "Bad Gateway" })),
  "no response at all": () => Promise.resolve(undefined as never),
};

test.each(Object.entries(hostile))("shows no UserSig after %s", async (_, fetch) => {
  const error = await rejection(clientOf(fetch, { userSig, retry: false }).getContactGroup(page));
  expect(error).toBeInstanceOf(ContactGroupsError);
  expect(leaks(printed(error))).toEqual([]);
});

test("shows no UserSig after a connection that is reset or refused", async () => {
  const server = await listen((request) => request.socket.resetAndDestroy());
  const client = createClient({
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig,
    baseUrl: server.url,
    retry: false,
    random: seededRandom(),
  });
  expect(leaks(printed(await rejection(client.getContactGroup(page))))).toEqual([]);
  await server[Symbol.asyncDispose]();
  expect(leaks(printed(await rejection(client.getContactGroup(page))))).toEqual([]);
});

test("shows no UserSig when the client itself is printed", () => {
  const client = clientOf(respondWith(okBody), { userSig });
  expect(leaks(printed(client))).toEqual([]);
  for (const method of Object.values(client)) expect(leaks(printed(method) + String(method))).toEqual([]);
});

test("shows no UserSig after headers or a body that cannot be sent", async () => {
  const client = clientOf(respondWith(okBody), { userSig });
  expect(leaks(printed(await rejection(client.getContactGroup(page, { headers: { "a b": userSig } }))))).toEqual([]);
  const body = {
    ...page,
    toJSON: () => {
      throw new Error(userSig);
    },
  };
  expect(leaks(printed(await rejection(client.getContactGroup(body))))).toEqual([]);
});

test("shows no query of the URL in the text of Deno", async () => {
  const client = clientOf(
    (url) => Promise.reject(new TypeError(`error sending request for url (${url}): client error (Connect): refused`)),
    { userSig, retry: false },
  );
  expect(await rejection(client.getContactGroup(page))).toHaveProperty(
    "message",
    "getContactGroup got no complete response: error sending request for url (http://service.test/v4/recentcontact/get_contact_group?[redacted]): client error (Connect): refused",
  );
});

test("keeps the same cause where it contains no credential", async () => {
  const cause = new TypeError("fetch failed", {
    cause: Object.assign(new Error("reset"), { code: "ECONNRESET", socket: { bytesRead: 0 } }),
  });
  expect(
    await rejection(clientOf(() => Promise.reject(cause), { userSig, retry: false }).getContactGroup(page)),
  ).toHaveProperty("cause", cause);
});

test("keeps name, message, code and cause of an error that it copies", async () => {
  const client = clientOf(
    (url) => {
      const cause = new RangeError("deep");
      return Promise.reject(Object.assign(new TypeError(`GET ${url} failed`, { cause }), { code: "EPROXY" }));
    },
    { userSig, retry: false },
  );
  const error = await rejection(client.getContactGroup(page));
  expect(error).toMatchObject({
    message: "getContactGroup got no complete response: deep",
    cause: {
      name: "TypeError",
      message: "GET http://service.test/v4/recentcontact/get_contact_group?[redacted] failed",
      code: "EPROXY",
      cause: { name: "RangeError" },
    },
  });
});
