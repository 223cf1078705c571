/** What an error says of the response, of the retries that follow, and of the requests that were sent. */
import { expect, test } from "vitest";
import {
  HttpError,
  NetworkError,
  PartialFailureError,
  ProtocolError,
  type ClientOptions,
  type ContactGroupsError,
  type Fetch,
} from "../src/index.ts";
import { createManualClock } from "./manual-clock.ts";
import { clientOf, failed, okBody, rejection, respondInTurn } from "./respond.ts";

const page = { From_Account: "user15", StartIndex: 0 };
const html = {
  "Content-Type": "text/html",
  Server: "nginx",
  Via: "1.1 edge",
  "X-Request-Id": "r-7",
  "Set-Cookie": "a=b",
};

type Options = Parameters<typeof clientOf>[1] & Partial<Pick<ClientOptions, "userSig">>;

/** Returns the error of a call, after as much time as it needs. */
async function errorOf(fetch: Fetch, options: Options = {}): Promise<ContactGroupsError> {
  const clock = createManualClock();
  const client = clientOf(fetch, { clock, rateLimit: false, ...options });
  const error = rejection(client.getContactGroup(page));
  await clock.advance(120_000);
  return (await error) as ContactGroupsError;
}

const respond =
  (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Fetch =>
  async () =>
    new Response(text, { status, headers });

test("an HttpError has the headers that tell who responded, and one line of the page", async () => {
  const body = `<html>\n\t<title>502  Bad Gateway</title>\u001b[31m\n${"x".repeat(5000)}`;
  const error = await errorOf(respond(502, body, html), { retry: false });
  expect(error).toBeInstanceOf(HttpError);
  expect(error).toMatchObject({ status: 502, contentType: "text/html", requestId: "r-7", attempts: 1 });
  expect(error.headers).toEqual({
    "content-type": "text/html",
    server: "nginx",
    via: "1.1 edge",
    "x-request-id": "r-7",
  });
  expect(error.excerpt).toMatch(/^<html> <title>502 Bad Gateway<\/title> \[31m x+$/);
  expect(error.excerpt).toHaveLength(200);
  expect(error.message).toBe(
    "getContactGroup got a response with HTTP status 502 (text/html, server nginx, via 1.1 edge); the service itself always responds with 200",
  );
});

test("a ProtocolError has the headers and one line of the login page", async () => {
  const error = await errorOf(respond(200, "<title>Sign in</title>", html));
  expect(error).toBeInstanceOf(ProtocolError);
  expect(error).toMatchObject({ status: 200, contentType: "text/html", excerpt: "<title>Sign in</title>" });
  expect(error.message).toBe(
    "getContactGroup got a response with HTTP status 200 (text/html, server nginx, via 1.1 edge), but its body is not JSON",
  );
});

test("an ApiError has the headers, but no excerpt: its body is ErrorInfo", async () => {
  const error = await errorOf(respond(200, JSON.stringify(failed(50001)), { "X-Request-Id": "r-7" }));
  expect(error).toMatchObject({ kind: "api", status: 200, requestId: "r-7", contentType: "text/plain;charset=UTF-8" });
  expect(error.excerpt).toBeUndefined();
  const body = JSON.stringify({ ...failed(50001), RequestId: "of the body" });
  expect((await errorOf(respond(200, body, { "X-Request-Id": "r-7" }))).requestId).toBe("of the body");
});

test("an error without a response has none of its fields", async () => {
  const error = await errorOf(() => Promise.reject(new Error("reset")), { retry: false });
  for (const field of ["status", "headers", "contentType", "requestId", "excerpt", "retryAfterMs"] as const)
    expect([field, error[field]]).toEqual([field, undefined]);
});

test("the fields are of the last attempt", async () => {
  const unavailable = () => respond(503, "down", { ...html, "Retry-After": "1" })("", {});
  const error = await errorOf(respondInTurn(unavailable, () => Promise.reject(new Error("reset"))));
  expect(error).toMatchObject({ kind: "network", attempts: 3 });
  expect([error.status, error.headers, error.retryAfterMs]).toEqual([undefined, undefined, undefined]);
});

test.each<[string, number, object, string]>([
  ["HTTP 429", 429, {}, "60"],
  ["HTTP 503", 503, {}, "60"],
  ["a throttled call", 200, failed(60007), "60"],
  ["HTTP 503 with a date", 503, {}, new Date(createManualClock().now() + 60_000).toUTCString()],
])("the Retry-After of %s is in the error, whether or not the call is retried", async (_, status, body, header) => {
  const fetch = respond(status, JSON.stringify(body), { "Retry-After": header });
  // After the first attempt, the wait would be longer than deadlineMs.
  expect(await errorOf(fetch)).toMatchObject({ retryAfterMs: 60_000, attempts: 1 });
  expect(await errorOf(fetch, { retry: false })).toMatchObject({ retryAfterMs: 60_000, attempts: 1 });
});

test("retryAfterMs is the longer one of the header and the error catalogue", async () => {
  const fetch = (after: string) => respond(200, JSON.stringify(failed(70050)), { "Retry-After": after });
  expect((await errorOf(fetch("5"))).retryAfterMs).toBe(60_000);
  expect((await errorOf(fetch("90"))).retryAfterMs).toBe(90_000);
});

test.each([
  [400, false],
  [403, false],
  [408, true],
  [429, true],
  [500, true],
  [503, true],
])("HTTP %d is retryable: %s", async (status, retryable) => {
  const error = await errorOf(respond(status, ""));
  expect([error.retryable, error.attempts > 1]).toEqual([retryable, retryable]);
});

test.each([
  ["Node.js, expired", "certificate has expired", "CERT_HAS_EXPIRED"],
  ["Node.js, self-signed", "self-signed certificate", "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ["Node.js, unknown authority", "unable to verify the first certificate", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ["Node.js, another host", "Hostname/IP does not match", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["Deno", "client error (Connect): invalid peer certificate: UnknownIssuer", undefined],
  ["workerd", "TLS peer's certificate is not trusted; reason = self signed certificate", undefined],
])("a rejected certificate is not retryable: %s", async (_, message, code) => {
  const cause = Object.assign(new Error(message), code && { code });
  const error = await errorOf(() => Promise.reject(new TypeError("fetch failed", { cause })));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({ retryable: false, attempts: 1 });
});

test("an error that only names a host like a certificate is retryable", async () => {
  const error = await errorOf(() => Promise.reject(new TypeError("connect ECONNRESET certificates.test")));
  expect(error).toMatchObject({ retryable: true, attempts: 3 });
});

test("a function for UserSigs that fails is retryable, one that returns no UserSig is not", async () => {
  const userSig = () => Promise.reject(new Error("the key store is down"));
  expect(await errorOf(respond(200, ""), { userSig })).toMatchObject({
    kind: "user-sig",
    retryable: true,
    attempts: 0,
  });
  const wrong = await errorOf(respond(200, ""), { userSig: () => "two words" });
  expect(wrong).toMatchObject({ kind: "argument", retryable: false, attempts: 0 });
});

test("attempts counts what was sent: nothing while a function for UserSigs hangs", async () => {
  const userSig = () => new Promise<never>(() => undefined);
  expect(await errorOf(respond(200, ""), { userSig })).toMatchObject({ kind: "timeout", attempts: 0 });
});

test("attempts of a PartialFailureError counts its retries", async () => {
  const clock = createManualClock();
  const ResultItem = [{ ContactItem: { Type: 1, To_Account: "user0" }, ResultCode: 50001, ResultInfo: "" }];
  const fetch = respondInTurn(failed(60007), { ...okBody, GroupResultItem: [{ ResultItem }] });
  const client = clientOf(fetch, { clock, rateLimit: false, throwOnPartialFailure: true });
  const GroupContactItem = [{ GroupName: "family", ContactItem: [{ Type: 1 as const, To_Account: "user0" }] }];
  const error = rejection(client.createContactGroup({ From_Account: "user15", GroupContactItem }));
  await clock.advance(60_000);
  expect(await error).toBeInstanceOf(PartialFailureError);
  expect(await error).toMatchObject({ attempts: 2, status: 200 });
});

test.each(["authorization", "cookie", "x-proxy-key"])(
  "an excerpt does not repeat the caller's own %s",
  async (name) => {
    const secret = "PROXY-TOKEN-1234";
    const fetch: Fetch = async () => new Response(`<pre>${name}: ${secret}</pre>`, { status: 403 });
    const init = { headers: { [name]: `Bearer ${secret}` } };
    const error = await rejection(clientOf(fetch).getContactGroup({ From_Account: "user15", StartIndex: 0 }, init));
    expect(error).toMatchObject({ excerpt: `<pre>${name}: [redacted]</pre>` });
  },
);
