import { expect, test } from "vitest";
import { codesOf, dial, getBody, request } from "./raw.ts";
import { serve } from "./serve.ts";

const get = request("getContactGroup", getBody);
const late = { status: 200, contentType: "text/plain", body: "late", delayMs: 200, manner: { kind: "whole" } } as const;

test("close responds to open calls, announces the end to their clients, and closes idle connections", async () => {
  const { emulator, listener } = await serve({
    change: (response, index) => (index > 0 ? { ...response, delivery: { ...late, body: `late ${index}` } } : response),
    limits: { graceMs: 60_000, idleMs: 60_000 },
  });
  const idle = dial(listener, get);
  await idle.until('"ErrorCode":0');
  const open = dial(listener, get.repeat(2));
  await expect.poll(() => emulator.calls.length).toBe(3);
  await listener.close();
  expect(codesOf(await idle.closed)).toEqual([0]);
  expect(await open.closed).toMatch(/late 1[\s\S]*late 2$/);
});

test("a response that is sent while the emulator closes announces the end of the connection, after all pending requests", async () => {
  const { listener } = await serve({ limits: { graceMs: 60_000, idleMs: 60_000 } });
  const open = dial(listener, `${get}${get.slice(0, -1)}`);
  await open.until('"ErrorCode":0');
  const closed = listener.close();
  open.send(`${get.slice(-1)}${get}`);
  await closed;
  const [first = "", second = "", third = ""] = (await open.closed).split("HTTP/1.1 ").slice(1);
  expect(codesOf(first + second + third)).toEqual([0, 0, 0]);
  expect([first, second, third].map((text) => text.includes("Connection: close"))).toEqual([false, false, true]);
});

test("close aborts a call that takes longer than the grace period", async () => {
  const { emulator, listener } = await serve({
    change: (response) => ({ ...response, delivery: { ...late, delayMs: 60_000 } }),
    limits: { graceMs: 20 },
  });
  const half = dial(listener, get.slice(0, -1));
  const stuck = dial(listener, get);
  await expect.poll(() => emulator.calls.length).toBe(1);
  await listener.close();
  expect([await stuck.closed, await half.closed]).toEqual(["", ""]);
});

test("close can be called twice, and a closed listener accepts no connection", async () => {
  const { listener } = await serve();
  await Promise.all([listener.close(), listener.close()]);
  const raw = dial(listener, get);
  await raw.closed;
  expect(raw.error()).toBe("ECONNREFUSED");
});

test("listen rejects for a port that is in use", async () => {
  const { listener } = await serve();
  await expect(serve({ port: listener.port })).rejects.toThrow("EADDRINUSE");
});

test("listens on IPv6", async () => {
  const { listener } = await serve({ host: "::1" });
  expect(listener.url).toBe(`http://[::1]:${listener.port}`);
  expect((await fetch(listener.url, { method: "POST" })).status).toBe(200);
});
