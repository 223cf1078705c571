import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { upstreamOrigin } from "@contact-groups/core/upstream";
import { operations, regions } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { query, targetOf } from "../node/raw.ts";
import { exchange, proxyTo, serverOf, socketServerOf } from "./start.ts";

const path = targetOf("getContactGroup");
const body = '{"From_Account":"ann","StartIndex":0}';
const json = '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}';

function head(method: string, target: string, fields: readonly string[], length: number): string {
  return [`${method} ${target} HTTP/1.1`, ...fields, `Content-Length: ${length}`, "Connection: close", "", ""].join(
    "\r\n",
  );
}

test("forwards method, path, query, fields and bytes of the body as they are, with the upstream's Host", async () => {
  const { origin, received } = await serverOf((outgoing) => outgoing.end(json));
  const { url } = await proxyTo(origin);
  const sent = ["X-Request", "One", "x-request", "two", "User-Agent", "team/1", "Content-Type", "text/x"];
  const own = [
    "Host",
    new URL(origin).host,
    "Accept-Encoding",
    "identity",
    "Content-Length",
    "5",
    "Connection",
    "close",
  ];
  const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x80, 0x7d]);
  const target = `${operations.getContactGroup.path}?${query}&a='%27{x}|y&a=%zz&b`;
  const fields = [
    "Host: evil.example",
    "X-Request: One",
    "x-request: two",
    "User-Agent: team/1",
    "Content-Type: text/x",
  ];
  await exchange(url, Buffer.concat([Buffer.from(head("PUT", target, fields, bytes.length)), bytes]));
  const [one] = received;
  expect(one).toMatchObject({ method: "PUT", target });
  expect(one?.body).toEqual(bytes);
  expect(one?.fields).toEqual([...sent, ...own]);
});

test("returns status, fields and bytes of the response as they are", async () => {
  const bytes = Buffer.from([0xff, 0x00, 0x80]);
  const { origin } = await serverOf((outgoing) =>
    outgoing
      .writeHead(418, ["X-One", "1", "Set-Cookie", "a=1", "Set-Cookie", "b=2", "Date", "now", "Content-Type", "x/y"])
      .end(bytes),
  );
  const { url } = await proxyTo(origin);
  const response = await exchange(url, head("POST", path, ["Host: x"], 0));
  expect(response).toMatch(/^HTTP\/1\.1 418 /);
  expect(response).toContain(
    "X-One: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nDate: now\r\nContent-Type: x/y\r\nContent-Length: 3\r\n",
  );
  expect(Buffer.from(response.slice(-3), "latin1")).toEqual(bytes);
});

test("sends nothing to any other host, whatever the target of the request", async () => {
  const { origin, received } = await serverOf((outgoing) => outgoing.end(json));
  const other = await serverOf((outgoing) => outgoing.end("other"));
  const { url } = await proxyTo(origin);
  await exchange(url, head("POST", `${other.origin}${path}`, [`Host: ${new URL(other.origin).host}`], 0));
  await exchange(url, head("POST", path, [`X-Forwarded-Host: ${other.origin}`, "Host: other"], 0));
  expect(received.map(({ target }) => target)).toEqual([path, path]);
  const connected = await exchange(url, `CONNECT ${new URL(other.origin).host} HTTP/1.1\r\nHost: x\r\n\r\n`);
  expect(connected).not.toContain("200");
  expect(other.received).toEqual([]);
});

test.each([
  "/",
  "/v4/openim/sendmsg",
  "/v4/recentcontact/get_contact_group/",
  "/V4/recentcontact/get_contact_group",
  "/v4/recentcontact/../recentcontact/get_contact_group",
  "//evil.example/v4/recentcontact/get_contact_group",
  "/v4/recentcontact/get%5fcontact_group",
])("forwards %s only with forwardAll", async (target) => {
  const { origin, received } = await serverOf((outgoing) => outgoing.end(json));
  const { url } = await proxyTo(origin);
  const all = await proxyTo(origin, { forwardAll: true });
  expect(await exchange(url, head("POST", target, ["Host: x"], 0))).toMatch(/^HTTP\/1\.1 404 .*--forward-all/s);
  expect(received).toEqual([]);
  expect(await exchange(all.url, head("POST", target, ["Host: x"], 0))).toMatch(/^HTTP\/1\.1 200 /);
  expect(received.map((one) => one.target)).toEqual([target]);
});

test("forwards the endpoints for accounts", async () => {
  const { origin, received } = await serverOf((outgoing) => outgoing.end(json));
  const { url } = await proxyTo(origin);
  const response = await fetch(`${url}/v4/im_open_login_svc/account_import?${query}`, {
    method: "POST",
    body: '{"UserID":"a"}',
  });
  expect(await response.json()).toEqual(JSON.parse(json));
  expect(received).toHaveLength(1);
});

test("does not follow a redirect", async () => {
  const other = await serverOf((outgoing) => outgoing.end("other"));
  const { origin } = await serverOf((outgoing) =>
    outgoing.writeHead(307, { Location: `${other.origin}${path}` }).end(),
  );
  const { url, calls, settled } = await proxyTo(origin);
  const response = await fetch(`${url}${path}`, { method: "POST", body, redirect: "manual" });
  expect([response.status, response.headers.get("Location")]).toEqual([307, `${other.origin}${path}`]);
  expect(other.received).toEqual([]);
  await settled();
  expect(calls).toMatchObject([{ status: 307, verdict: { kind: "not comparable" } }]);
});

test("passes a compressed body on as it is, and compares what is in it", async () => {
  const page =
    '{"ContactItem":[],"GroupItem":[],"CompleteFlag":1,"NextStartIndex":0,"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}';
  const { origin } = await serverOf((outgoing) =>
    outgoing.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(page)),
  );
  const { url, calls, settled } = await proxyTo(origin);
  const response = await fetch(`${url}${path}`, { method: "POST", body });
  expect(await response.text()).toBe(page);
  await settled();
  expect(calls).toMatchObject([{ verdict: { kind: "same", rule: "get.page" } }]);
});

const respondWith = (text: string) => (): Promise<string> => socketServerOf((socket) => socket.end(text));
const ok = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n`;

test.each([
  ["that refuses connections", refused, "refused the connection"],
  ["that closes at once", () => socketServerOf((socket) => socket.destroy()), "closed the connection"],
  ["whose body is cut off", respondWith(`${ok}Content-Length: 100\r\n\r\n{"ErrorCode":0`), "closed the connection"],
  [
    "whose chunks are cut off",
    respondWith(`${ok}Transfer-Encoding: chunked\r\n\r\n5\r\n{"Err\r\n`),
    "closed the connection",
  ],
  ["that does not send HTTP", respondWith("SSH-2.0-OpenSSH_9\r\n\r\n"), "is not HTTP"],
  ["that sends no response in time", () => socketServerOf(() => undefined), "sent no whole response in 300 ms"],
  [
    "that sends half a response in time",
    () => socketServerOf((socket) => socket.write(`${ok}Content-Length: 9\r\n\r\n{`)),
    "sent no whole response in 300 ms",
  ],
  [
    "that sends too much",
    () => socketServerOf((socket) => flood(socket.write.bind(socket))),
    "is longer than 16777216 bytes",
  ],
] as const)("responds with 502 and the reason for a service %s", async (_, start, reason) => {
  const origin = await start();
  const isSlow = String(reason).includes("300 ms");
  const { url, calls, settled } = await proxyTo(origin, isSlow ? { timeoutMs: 300 } : {});
  const response = await fetch(`${url}${path}`, { method: "POST", body });
  const text = await response.text();
  expect(response.status).toBe(502);
  expect(text).toContain(new URL(origin).host);
  expect(text).toMatch(reason);
  await settled();
  expect(calls).toMatchObject([{ status: undefined, failure: expect.stringMatching(reason) }]);
});

/** An origin where nothing listens. */
async function refused(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

function flood(write: (bytes: string | Buffer) => boolean): void {
  write(`${ok}Content-Length: 99999999\r\n\r\n`);
  for (let sent = 0; sent < 20; sent++) write(Buffer.alloc(1024 * 1024, 32));
}

test("passes HTML with HTTP 502 on", async () => {
  const { origin } = await serverOf((outgoing) =>
    outgoing.writeHead(502, { "Content-Type": "text/html" }).end("<html>"),
  );
  const { url, calls, settled } = await proxyTo(origin);
  const response = await fetch(`${url}${path}`, { method: "POST", body });
  expect([response.status, await response.text()]).toEqual([502, "<html>"]);
  await settled();
  expect(calls).toMatchObject([{ status: 502, verdict: { kind: "not comparable" } }]);
});

const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;

test.each([
  ["a body that is nested deeply", path, deep, deep],
  ["a body of 2 MiB", path, JSON.stringify({ From_Account: "a".repeat(2 * 1024 * 1024) }), "x".repeat(2 * 1024 * 1024)],
  ["a body that looks like one long UserSig", path, "eA".repeat(400_000), "eA".repeat(400_000)],
  ["a UserSig of 15 kB", path.replace("any-text", "e".repeat(15_000)), body, `"${"e".repeat(15_000)}"`],
  ["a response without JSON", path, body, "\0\uffff"],
])("forwards %s and its response, whether or not it can be compared", async (_, target, sent, response) => {
  const { origin, received } = await serverOf((outgoing) => outgoing.end(response));
  const { url, settled, report } = await proxyTo(origin);
  const got = await fetch(`${url}${target}`, { method: "POST", body: sent });
  expect(await got.text()).toBe(response);
  expect(received[0]?.body.toString()).toBe(sent);
  await settled();
  expect(report().differences).toEqual([]);
});

test("responds with 413 to a body that is too large, and forwards nothing", async () => {
  const { origin, received } = await serverOf((outgoing) => outgoing.end(json));
  const { url } = await proxyTo(origin);
  const response = await fetch(`${url}${path}`, { method: "POST", body: Buffer.alloc(17 * 1024 * 1024, 32) });
  expect([response.status, await response.text()]).toEqual([
    413,
    "The proxy forwards bodies of up to 16777216 bytes.\n",
  ]);
  expect(received).toEqual([]);
});

test("aborts the call of the service when the client disconnects", async () => {
  let closed: (() => void) | undefined;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const client = new AbortController();
  const origin = await socketServerOf((socket) => {
    socket.once("close", () => closed?.());
    client.abort();
  });
  const { url, calls, settled } = await proxyTo(origin);
  await expect(fetch(`${url}${path}`, { method: "POST", body, signal: client.signal })).rejects.toThrow("aborted");
  await isClosed;
  await expect.poll(async () => (await settled(), calls.length)).toBe(1);
  expect(calls).toMatchObject([{ failure: "The client disconnected" }]);
});

test("forwards 100 calls at once, each to its own response", async () => {
  const waiting: (() => void)[] = [];
  const { origin } = await serverOf((outgoing, { body: bytes }) => {
    waiting.push(() => outgoing.end(bytes));
    // None gets a response before all have arrived.
    if (waiting.length === 100) for (const send of waiting) send();
  });
  const { url, calls, settled } = await proxyTo(origin);
  const bodies = Array.from({ length: 100 }, (_, index) => `{"From_Account":"user${index}","ErrorCode":60007}`);
  const texts = await Promise.all(
    bodies.map(async (one) => (await fetch(`${url}${path}`, { method: "POST", body: one })).text()),
  );
  expect(texts).toEqual(bodies);
  await settled();
  expect(calls).toHaveLength(100);
});

test.each([
  ["singapore", "https://adminapisgp.im.qcloud.com"],
  ["https://example.com", "https://example.com"],
  ["http://[::1]:8080/", "http://[::1]:8080"],
])("takes %s as an upstream", (text, origin) => {
  expect(upstreamOrigin(text, regions)).toBe(origin);
});

test.each([
  ["nowhere", "must be a region"],
  ["constructor", "must be a region"],
  ["ftp://example.com", "must be a region"],
  ["https://", "must be a region"],
  ["https://secret-word@example.com", "without a user name"],
  ["https://example.com/v4", "without a path"],
  ["https://example.com?usersig=secret-word", "without a path"],
  ["https://example.com#secret-word", "without a path"],
  ["http://console.tim.qq.com", "supports HTTPS only: https://console.tim.qq.com."],
])("rejects %s as an upstream, and does not show what is in it", (text, message) => {
  expect(() => upstreamOrigin(text, regions)).toThrow(message);
  expect(() => upstreamOrigin(text, regions)).not.toThrow("secret-word");
});
