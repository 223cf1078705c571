import { expect, test } from "vitest";
import { codesOf, dial, getBody, request, statusesOf, targetOf } from "./raw.ts";
import { serve } from "./serve.ts";

const closing = request("getContactGroup", getBody, { fields: ["Connection: close"] });
const head = `POST ${targetOf("getContactGroup")} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n`;

test.each([
  ["says nothing", ""],
  ["does not end its head", "POST / HTTP/1.1\r\nHost: a\r\n"],
])("a client that %s gets a 408 or a closed connection, while others are served", async (_, bytes) => {
  const { listener } = await serve({ limits: { headMs: 50, requestMs: 60_000, lingerMs: 20 } });
  const slow = dial(listener, bytes);
  expect(codesOf(await dial(listener, closing).closed)).toEqual([0]);
  const text = await slow.closed;
  if (text !== "") expect(statusesOf(text)).toEqual([408]);
});

test("a client that does not end its body gets a 408 and a closed connection", async () => {
  const { listener } = await serve({ limits: { headMs: 50, requestMs: 100, lingerMs: 20 } });
  expect(statusesOf(await dial(listener, `${head}{`).closed)).toEqual([408]);
});

test("a client that sends a byte now and then gets no more time", async () => {
  const { listener } = await serve({ limits: { headMs: 50, requestMs: 100, lingerMs: 20 } });
  const slow = dial(listener, head);
  const timer = setInterval(() => slow.send(" "), 10);
  expect(statusesOf(await slow.closed)).toEqual([408]);
  clearInterval(timer);
});

test("closes a connection without another request", async () => {
  const { listener } = await serve({ limits: { idleMs: 20 } });
  expect(codesOf(await dial(listener, request("getContactGroup", getBody)).closed)).toEqual([0]);
});

test("closes the connection of a client that reads no response", async () => {
  const { listener } = await serve({ limits: { unreadMs: 100, idleMs: 60_000 } });
  const deaf = dial(listener);
  deaf.socket.pause();
  const more = request("getContactGroup", getBody).repeat(1000);
  // Responses fill the buffers of both sides, then the emulator stops to read: only then no byte moves.
  const fill = (): void => {
    while (deaf.socket.writable && deaf.socket.write(more));
  };
  deaf.socket.on("drain", fill);
  fill();
  await expect.poll(() => deaf.error() !== undefined || deaf.socket.destroyed).toBe(true);
});

test("a connection over the limit replaces the oldest one that waits for its client", async () => {
  const { listener } = await serve({ limits: { connections: 3, headMs: 60_000, requestMs: 60_000 } });
  const idle = dial(listener);
  const slow = dial(listener, head);
  const used = dial(listener, request("getContactGroup", getBody));
  await used.until('"ErrorCode":0');
  const next = dial(listener, request("getContactGroup", getBody));
  await next.until('"ErrorCode":0');
  expect(await idle.closed).toBe("");
  const last = dial(listener, request("getContactGroup", getBody));
  await last.until('"ErrorCode":0');
  expect(await slow.closed).toBe("");
  used.send(request("getContactGroup", getBody));
  await used.until('"ErrorCode":0', 2);
  for (const raw of [used, next, last]) raw.socket.destroy();
});

test("a call that is being handled keeps its connection when a new one arrives", async () => {
  const delivery = {
    status: 200,
    contentType: "text/plain",
    body: "late",
    delayMs: 60_000,
    manner: { kind: "whole" },
  } as const;
  const { emulator, listener } = await serve({
    limits: { connections: 1 },
    change: (response) => ({ ...response, delivery }),
  });
  const busy = dial(listener, request("getContactGroup", getBody));
  await expect.poll(() => emulator.calls.length).toBe(1);
  expect(await dial(listener, closing).closed).toBe("");
  expect([busy.socket.readyState, busy.error()]).toEqual(["open", undefined]);
  busy.socket.destroy();
});
