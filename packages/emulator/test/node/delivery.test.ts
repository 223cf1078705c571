import { expect, test } from "vitest";
import type { FaultDelivery } from "../../src/response.ts";
import { codesOf, dial, getBody, request, statusesOf } from "./raw.ts";
import { serve, type Served } from "./serve.ts";

/** Serves the first response in this way, and the others as they are. */
function serveFirst(delivery: Partial<FaultDelivery>): Promise<Served> {
  const whole = {
    status: 200,
    contentType: "application/json",
    body: '{"a":"ä"}',
    delayMs: 0,
    manner: { kind: "whole" },
  } as const;
  return serve({
    change: (response, index) => (index === 0 ? { ...response, delivery: { ...whole, ...delivery } } : response),
    limits: { unreadMs: 50 },
  });
}

const get = request("getContactGroup", getBody);
const closing = request("getContactGroup", getBody, { fields: ["Connection: close"] });

test("sends another status, type and body", async () => {
  const { listener } = await serveFirst({ status: 502, contentType: "text/html", body: "<h1>Bad</h1>" });
  const text = await dial(listener, closing).closed;
  expect(statusesOf(text)).toEqual([502]);
  expect(text).toMatch(/Content-Type: text\/html\r\n[\s\S]*Content-Length: 12\r\n[\s\S]*\r\n\r\n<h1>Bad<\/h1>$/);
});

test("a delayed response arrives, even after the time limit for unread ones, and delays no other", async () => {
  const { emulator, listener } = await serveFirst({ delayMs: 150, body: "late" });
  const order: string[] = [];
  const late = dial(listener, closing);
  const done = late.closed.then((text) => order.push(text.endsWith("late") ? "late" : text));
  await expect.poll(() => emulator.calls.length).toBe(1);
  const text = await dial(listener, closing).closed;
  order.push(`${codesOf(text)}`);
  await done;
  expect(order).toEqual(["0", "late"]);
});

test("drips the whole body, and keeps the connection", async () => {
  const { listener } = await serveFirst({ manner: { kind: "drip", bytes: 2, everyMs: 2 } });
  const raw = dial(listener, get);
  let chunks = 0;
  raw.socket.on("data", () => chunks++);
  await raw.until('{"a":"ä"}');
  expect(chunks).toBeGreaterThan(2);
  raw.send(get);
  await raw.until('"ErrorCode":0');
  raw.socket.destroy();
});

test.each([0, 1, 7])("cuts the body after %i bytes of the announced length", async (bytes) => {
  const { listener } = await serveFirst({ body: '{"abc":1}', manner: { kind: "cut", bytes } });
  const raw = dial(listener, get);
  const text = await raw.closed;
  expect(text).toContain("Content-Length: 9\r\n");
  expect(text.slice(text.indexOf("\r\n\r\n") + 4)).toBe('{"abc":1}'.slice(0, bytes));
  expect(raw.error()).toBeUndefined();
});

test("breaks the connection before the first byte", async () => {
  const { listener } = await serveFirst({ manner: { kind: "reset" } });
  const raw = dial(listener, get);
  expect(await raw.closed).toBe("");
  expect(raw.error()).toBe("ECONNRESET");
});

test("breaks or cuts a connection only after the earlier responses", async () => {
  for (const manner of [{ kind: "reset" }, { kind: "cut", bytes: 0 }] as const) {
    const { listener } = await serve({
      change: (response, index) =>
        index < 2
          ? response
          : { ...response, delivery: { status: 200, contentType: "text/plain", body: "never", delayMs: 0, manner } },
    });
    const raw = dial(listener, get.repeat(2));
    await raw.until('"ErrorCode":0', 2);
    raw.send(get);
    expect(codesOf(await raw.closed)).toEqual([0, 0]);
  }
});

test("a client that disconnects during a fault ends its timer", async () => {
  const { emulator, listener } = await serveFirst({ delayMs: 60_000 });
  const raw = dial(listener, get);
  await expect.poll(() => emulator.calls.length).toBe(1);
  raw.socket.destroy();
  await raw.closed;
  await listener.close();
});
