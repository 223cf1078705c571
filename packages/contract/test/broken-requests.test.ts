import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { limits } from "@contact-groups/openapi/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkCode } from "../src/operations.ts";
import { startContractServer, type ContractServer } from "../src/index.ts";
import { post, requestOf, urlOf } from "./calls.ts";
import { bodyOf, head, open, untilClosed } from "./raw-connection.ts";

const maxBodyBytes = 10_000;
let server: ContractServer;
let impatient: ContractServer;
let url: URL;
beforeAll(async () => {
  server = await startContractServer({ maxBodyBytes });
  impatient = await startContractServer({ requestTimeoutMs: 200 });
  url = await urlOf(server, "getContactGroup");
});
afterAll(() => Promise.all([server.close(), impatient.close()]));

const tooLarge = {
  ActionStatus: "FAIL",
  ErrorCode: checkCode("size"),
  ErrorInfo: "The body is larger than 10000 bytes, the limit of this server",
};
const tooSlow = {
  ActionStatus: "FAIL",
  ErrorCode: limits.serviceTimeout.error,
  ErrorInfo: "The request did not arrive within 200 ms",
};

test("reads a body of exactly the limit", async () => {
  const request = JSON.stringify(requestOf("getContactGroup"));
  const { body } = await post(url, request.padEnd(maxBodyBytes));
  expect(body.ActionStatus).toBe("OK");
});

test("rejects a body one byte over the limit, and closes the connection", async () => {
  const { status, headers, body, verdict } = await post(url, " ".repeat(maxBodyBytes + 1));
  expect(status).toBe(200);
  expect(body).toEqual(tooLarge);
  expect(headers.get("Connection")).toBe("close");
  expect(verdict).toBeUndefined();
});

test("rejects a body of 64 MiB without a Content-Length before it has all arrived", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 65_536;
      if (sent > 2 ** 26) controller.close();
      else controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  const { body } = await post(url, "", { body: endless, duplex: "half" } as RequestInit);
  expect(body).toEqual(tooLarge);
  expect(sent).toBeLessThan(2 ** 26);
});

test("rejects a large Content-Length before any of the body arrives", async () => {
  const socket = await open(server);
  socket.write(head(url, 2 ** 40));
  expect(bodyOf(await untilClosed(socket))).toEqual(tooLarge);
});

test("responds to a client that stops in the middle of its body, and closes the connection", async () => {
  const socket = await open(impatient);
  socket.write(`${head(url, 100)}{"From_Account":`);
  const response = await untilClosed(socket);
  expect(response).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(bodyOf(response)).toEqual(tooSlow);
});

test("responds to a client that sends its body byte by byte for ever, and closes the connection", async () => {
  const socket = await open(impatient);
  socket.write(head(url, 1000));
  const drip = setInterval(() => socket.write(" "), 5);
  const response = await untilClosed(socket);
  clearInterval(drip);
  expect(bodyOf(response)).toEqual(tooSlow);
});

test.each(["", "POST", "POST / HTTP/1.1\r\nHost: a\r\nX-Header: "])(
  "closes a connection that stops within its head (%j)",
  async (text) => {
    const socket = await open(impatient);
    socket.write(text);
    const response = await untilClosed(socket);
    expect(bodyOf(response)).toEqual(tooSlow);
  },
);

test("responds to a client that ends its side in the middle of its body", async () => {
  const socket = await open(server);
  socket.end(`${head(url, 100)}{"From_Account":`);
  expect(bodyOf(await untilClosed(socket))).toEqual({
    ActionStatus: "FAIL",
    ErrorCode: checkCode("syntax"),
    ErrorInfo: "The request ends before its body does",
  });
});

test("keeps running when a client disconnects in the middle of its body", async () => {
  const socket = await open(server);
  socket.write(`${head(url, 100)}{"From_Account":`);
  await wait(20);
  socket.resetAndDestroy();
  await once(socket, "close");
  expect((await post(url, requestOf("getContactGroup"))).body.ActionStatus).toBe("OK");
});

test.each([
  ["no HTTP at all", "nonsense\r\n\r\n", 400],
  ["a broken chunked body", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400],
  ["headers over 16 KiB", `GET / HTTP/1.1\r\nHost: a\r\nX-Header: ${"x".repeat(20_000)}\r\n\r\n`, 431],
])("responds to %s with a plain HTTP status, and closes the connection", async (_title, text, status) => {
  const socket = await open(server);
  socket.write(text);
  expect(await untilClosed(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test.each(["*", "//host/path", "http://host/path", "/%", "/\\"])(
  "rejects the request target %s as an unknown path",
  async (target) => {
    const socket = await open(server);
    socket.write(`POST ${target} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    expect(bodyOf(await untilClosed(socket))).toMatchObject({ ErrorCode: checkCode("path") });
  },
);

test("accepts header bytes that are not ASCII", async () => {
  const socket = await open(server);
  const headers = "Host: a\r\nContent-Length: 0\r\nConnection: close\r\nPrefer: example=\u00ff\u0080";
  socket.write(Buffer.from(`POST ${url.pathname} HTTP/1.1\r\n${headers}\r\n\r\n`, "latin1"));
  expect(bodyOf(await untilClosed(socket))).toMatchObject({ ActionStatus: "FAIL", ErrorCode: checkCode("body") });
});

test("keeps a connection open after rejecting a request whose body was read", async () => {
  const socket = await open(server);
  const rejected = `${head(url, 2)}{}`;
  const last = head(url, 2).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
  socket.write(`${rejected}${last}{}`);
  expect((await untilClosed(socket)).match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
});
