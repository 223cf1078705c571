import { getEventListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import { setImmediate } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decode } from "../src/node-exchange.ts";
import { nodeTransport } from "../src/node.ts";
import type { TransportResponse } from "../src/transport.ts";
import { rejection } from "./respond.ts";
import { listen } from "./listen.ts";

const reason = new Error("enough");
const send = (
  transport: ReturnType<typeof nodeTransport>,
  url: string,
  signal: AbortSignal,
): Promise<TransportResponse> =>
  transport({ url: `${url}/`, body: "{}", headers: {}, signal, idempotent: true, maxResponseBytes: 100 });

/** `events.once` would reject when the connection is reset. */
const closeOf = ({ socket }: IncomingMessage): Promise<unknown> =>
  new Promise((resolve) => socket.once("close", resolve));

test("sends nothing when the signal is aborted already", async () => {
  let requests = 0;
  await using server = await listen(() => void (requests += 1));
  expect(await rejection(send(nodeTransport(), server.url, AbortSignal.abort(reason)))).toBe(reason);
  expect(requests).toBe(0);
});

test("ends while it connects", async () => {
  await using server = await listen(() => undefined);
  const controller = new AbortController();
  const call = rejection(send(nodeTransport(), server.url, controller.signal));
  controller.abort(reason);
  expect(await call).toBe(reason);
});

test("ends while it waits for a connection, and the calls after it still get theirs", async () => {
  const controller = new AbortController();
  const release: (() => void)[] = [];
  await using server = await listen((_, response) => void release.push(() => response.end("{}")));
  const transport = nodeTransport({ maxSockets: 1 });
  const { signal } = new AbortController();
  const first = send(transport, server.url, signal);
  const waiting = rejection(send(transport, server.url, controller.signal));
  const third = send(transport, server.url, signal);
  controller.abort(reason);
  expect(await waiting).toBe(reason);
  for (let responses = 0; responses < 2;) {
    await setImmediate();
    const next = release.shift();
    if (next) responses += 1;
    next?.();
  }
  expect([await first, await third]).toMatchObject([{ text: "{}" }, { text: "{}" }]);
  transport.close();
});

test("ends while it waits for a response, and the connection with it", async () => {
  const controller = new AbortController();
  let closed: Promise<unknown> = Promise.resolve();
  await using server = await listen((request) => {
    closed = closeOf(request);
    controller.abort(reason);
  });
  expect(await rejection(send(nodeTransport(), server.url, controller.signal))).toBe(reason);
  await closed;
});

test("ends in the middle of the body", async () => {
  const controller = new AbortController();
  let closed: Promise<unknown> = Promise.resolve();
  await using server = await listen((request, response) => {
    closed = closeOf(request);
    response.write("{", () => globalThis.setImmediate(() => controller.abort(reason)));
  });
  expect(await rejection(send(nodeTransport(), server.url, controller.signal))).toBe(reason);
  await closed;
});

test("stops decompressing", async () => {
  const controller = new AbortController();
  const request = {
    url: "",
    body: "",
    headers: {},
    signal: controller.signal,
    idempotent: true,
    maxResponseBytes: 2 ** 29,
  };
  const decoding = rejection(decode(gzipSync(Buffer.alloc(20_000_000)), "gzip", request));
  controller.abort(reason);
  expect(await decoding).toMatchObject({ name: "AbortError", cause: reason });
});

test("leaves no listener on a signal that outlives the call", async () => {
  const { signal } = new AbortController();
  const transport = nodeTransport();
  await using server = await listen((_, response) => {
    response.setHeader("Content-Encoding", "gzip").end(gzipSync("{}"));
  });
  await send(transport, server.url, signal);
  await rejection(send(transport, "http://127.0.0.1:1", signal));
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  transport.close();
});
