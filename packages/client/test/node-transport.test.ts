import { once } from "node:events";
import type { IncomingMessage, RequestListener } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { nodeTransport, type NodeTransport, type NodeTransportOptions } from "../src/node.ts";
import type { TransportResponse } from "../src/transport.ts";
import { rejection } from "./respond.ts";
import { listen } from "./listen.ts";

const text = JSON.stringify({ ActionStatus: "OK", ErrorInfo: "会话分组" });
const respondText: RequestListener = (request, response) => request.resume().on("end", () => response.end(text));

/** `events.once` would reject when the connection is reset. */
const closeOf = ({ socket }: IncomingMessage): Promise<unknown> =>
  new Promise((resolve) => socket.once("close", resolve));

function transportOf(options?: NodeTransportOptions): NodeTransport {
  const transport = nodeTransport(options);
  onTestFinished(() => transport.close());
  return transport;
}

function send(transport: NodeTransport, url: string, signal?: AbortSignal): Promise<TransportResponse> {
  return transport({
    url: `${url}/v4/x?a=%20b`,
    body: '{"名":1}',
    headers: { "Content-Type": "application/json" },
    signal,
    idempotent: true,
    maxResponseBytes: 1_000_000,
  });
}

test("posts the body to the path and query, with the headers", async () => {
  let received: Pick<IncomingMessage, "method" | "url" | "headers"> & { body?: string } = { headers: {} };
  await using server = await listen(async (request, response) => {
    const { method, url, headers } = request;
    received = { method, url, headers, body: (await request.toArray()).join("") };
    response.setHeader("Retry-After", "3").end(text);
  });
  const response = await send(transportOf(), server.url);
  expect(received).toMatchObject({ method: "POST", url: "/v4/x?a=%20b", body: '{"名":1}' });
  expect(received.headers).toEqual({
    "accept-encoding": "identity",
    connection: "keep-alive",
    "content-length": "9",
    "content-type": "application/json",
    host: server.url.slice("http://".length),
  });
  expect(response).toMatchObject({ status: 200, text });
  expect(response.headers.get("Retry-After")).toBe("3");
  expect(response.headers.get("Requestid")).toBeNull();
});

test("sets the headers that frame the request itself, as fetch does", async () => {
  let received: IncomingMessage["headers"] = {};
  await using server = await listen((request, response) => {
    received = request.headers;
    respondText(request, response);
  });
  const headers = {
    HOST: "elsewhere.test",
    "content-length": "1",
    "Transfer-Encoding": "chunked",
    Connection: "close",
  };
  await transportOf()({
    url: `${server.url}/`,
    body: "{}",
    headers,
    signal: undefined,
    idempotent: true,
    maxResponseBytes: 1000,
  });
  expect(received).toMatchObject({ host: server.url.slice("http://".length), "content-length": "2" });
  expect(received).not.toHaveProperty("transfer-encoding");
});

test("sends one call after the other on one connection", async () => {
  const sockets = new Set<Socket>();
  await using server = await listen((request, response) => {
    sockets.add(request.socket);
    respondText(request, response);
  });
  const transport = transportOf();
  for (let call = 0; call < 20; call += 1) await send(transport, server.url);
  expect(sockets.size).toBe(1);
});

test("opens no more connections than maxSockets", async () => {
  const sockets = new Set<Socket>();
  await using server = await listen((request, response) => {
    sockets.add(request.socket);
    respondText(request, response);
  });
  const transport = transportOf({ maxSockets: 2 });
  await Promise.all(Array.from({ length: 20 }, () => send(transport, server.url)));
  expect(sockets.size).toBe(2);
});

test("closes a connection that was idle for keepAliveMs", async () => {
  let closed: Promise<unknown> = Promise.resolve();
  await using server = await listen((request, response) => {
    closed = closeOf(request);
    respondText(request, response);
  });
  await send(transportOf({ keepAliveMs: 1 }), server.url);
  // Whether by an error: the connection was not broken.
  expect(await closed).toBe(false);
});

test("closes its connections with close(), and opens new ones after", async () => {
  const closed: Promise<unknown>[] = [];
  await using server = await listen((request, response) => {
    closed.push(closeOf(request));
    respondText(request, response);
  });
  const transport = transportOf();
  await send(transport, server.url);
  transport.close();
  await Promise.all(closed);
  expect(await send(transport, server.url)).toMatchObject({ text });
  expect(closed).toHaveLength(2);
});

test.each([201, 204, 301, 308, 404, 500, 502])(
  "returns the status %d, also where its body does not end",
  async (status) => {
    await using server = await listen((_, response) => {
      response.writeHead(status, { Location: "/" }).flushHeaders();
      if (status !== 204) response.write("never ends");
    });
    expect(await send(transportOf(), server.url)).toMatchObject({ status });
  },
);

describe("reads the body of another status than 200", () => {
  // Without a timer, only the body ends the wait.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout"] }));
  afterEach(() => void vi.useRealTimers());

  test("to its end, and leaves the connection open", async () => {
    const sockets = new Set<Socket>();
    await using server = await listen((request, response) => {
      sockets.add(request.socket);
      response.writeHead(502).write("<html>");
      response.end("Bad Gateway");
    });
    const transport = transportOf();
    for (let call = 0; call < 2; call++)
      expect(await send(transport, server.url)).toMatchObject({ text: "<html>Bad Gateway" });
    expect(sockets.size).toBe(1);
  });

  test("up to a limit, and closes the connection", async () => {
    let closed: Promise<unknown> = Promise.resolve();
    await using server = await listen((request, response) => {
      closed = closeOf(request);
      response.writeHead(502).write("x".repeat(2 ** 20));
    });
    const { text: beginning } = await send(transportOf(), server.url);
    expect(beginning).toMatch(/^x{4097,}$/);
    await closed;
  });

  test("until it is cut off", async () => {
    await using server = await listen((_, response) => {
      response.writeHead(502, { "Content-Length": 100 }).write("cut", () => response.destroy());
    });
    expect(await send(transportOf(), server.url)).toMatchObject({ status: 502, text: "cut" });
  });

  test("not where it has an encoding", async () => {
    await using server = await listen((_, response) => {
      response.writeHead(502, { "Content-Encoding": "gzip" }).end(gzipSync("Bad Gateway"));
    });
    expect(await send(transportOf(), server.url)).toMatchObject({ status: 502, text: "" });
  });
});

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["deflate", deflateRawSync],
  ["br", brotliCompressSync],
])("reads a body encoded as %s that was not requested", async (encoding, encode) => {
  await using server = await listen((_, response) => {
    response.setHeader("Content-Encoding", encoding).end(encode(text));
  });
  expect(await send(transportOf(), server.url)).toMatchObject({ text });
});

test("rejects a body without the encoding that its header names", async () => {
  await using server = await listen((_, response) => response.setHeader("Content-Encoding", "gzip").end("plain"));
  expect(await rejection(send(transportOf(), server.url))).toMatchObject({ code: "Z_DATA_ERROR" });
});

test("reads a character that is split between two pieces, and drops a byte order mark", async () => {
  await using server = await listen((_, response) => {
    const bytes = Buffer.from(`\uFEFF${text}`);
    const middle = bytes.indexOf("会") + 1;
    response.write(bytes.subarray(0, middle), () => setImmediate(() => response.end(bytes.subarray(middle))));
  });
  expect(await send(transportOf(), server.url)).toMatchObject({ text });
});

test("rejects a refused connection with its code", async () => {
  const server = await listen(() => undefined);
  await server[Symbol.asyncDispose]();
  expect(await rejection(send(transportOf(), server.url))).toMatchObject({ code: "ECONNREFUSED" });
});

test.each([
  ["a connection that is reset", (request: IncomingMessage) => request.socket.resetAndDestroy()],
  ["a connection that ends without a response", (request: IncomingMessage) => request.socket.destroy()],
])("rejects %s with its code", async (_, end) => {
  await using server = await listen((request) => void end(request));
  expect(await rejection(send(transportOf(), server.url))).toMatchObject({ code: "ECONNRESET" });
});

test("rejects a body that is cut off", async () => {
  await using server = await listen((request, response) => {
    response.writeHead(200, { "Content-Length": 1000 }).write("{", () => request.socket.destroy());
  });
  expect(await rejection(send(transportOf(), server.url))).toMatchObject({ code: "ECONNRESET" });
});

test.each([
  ["bytes that are not HTTP", "SSH-2.0-x\r\n\r\n", /^HPE_/],
  ["a broken chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", /^HPE_/],
  [
    "a change of protocol",
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
    /^ECONNRESET$/,
  ],
])("rejects %s with a code", async (_, bytes, code) => {
  const server = createServer((socket) => socket.once("data", () => socket.write(bytes))).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(await rejection(send(transportOf(), `http://127.0.0.1:${port}`))).toMatchObject({
    code: expect.stringMatching(code),
  });
});

test("rejects a call on a connection that the host closes in the same moment, and opens a new one for the next", async () => {
  const sockets = new Set<Socket>();
  await using server = await listen((request, response) => {
    // The second call finds the connection open and loses it before any byte of a response.
    if (sockets.has(request.socket)) return void request.socket.destroy();
    sockets.add(request.socket);
    respondText(request, response);
  });
  const transport = transportOf();
  await send(transport, server.url);
  expect(await rejection(send(transport, server.url))).toMatchObject({ code: "ECONNRESET" });
  expect(await send(transport, server.url)).toMatchObject({ text });
  expect(sockets.size).toBe(2);
});

test.each([
  { maxSockets: 0 },
  { maxSockets: 1.5 },
  { keepAliveMs: 0 },
  { keepAliveMs: Infinity },
  { keepAliveMs: 2 ** 31 },
  { freshMs: -1 },
  { freshMs: NaN },
  { agent: {} as never },
])("rejects %o", (options) => {
  expect(() => nodeTransport(options)).toThrow(expect.objectContaining({ name: "InvalidArgumentError" }));
});
