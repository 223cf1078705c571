import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { probe } from "../../src/emulator/probe.ts";

let server: Server;
afterEach(() => server.close());

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const next = () => ({ path: "/users/user_1" });

test("goes on reading while the server stands still, so that each of these reads counts", async () => {
  const held: (() => void)[] = [];
  let isStill = true;
  const url = await serve((_, response) => {
    held.push(() => response.end("a user"));
    if (held.length === 5) isStill = false;
    if (isStill) return;
    server.emit("moves");
    for (const respond of held.splice(0)) respond();
  });
  const { p50, p99, max } = await probe(url, next, "user", once(server, "moves"));
  expect([0 < p50, p50 <= p99, p99 <= max]).toEqual([true, true, true]);
});

test("rejects a response that has not what was read for", async () => {
  const url = await serve((_, response) => {
    response.end("nothing");
    server.emit("read");
  });
  const expected = '/users/user_1 has no "user": nothing';
  await expect(probe(url, next, "user", once(server, "read"))).rejects.toThrow(expected);
});

test("rejects with what the work throws", async () => {
  const url = await serve((_, response) => response.end("a user"));
  await expect(probe(url, next, "user", Promise.reject(new Error("no export")))).rejects.toThrow("no export");
});
