import { connect as connectTcp } from "node:net";
import { connect } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import type { Listener } from "../../src/index.ts";
import type { FaultDelivery } from "../../src/response.ts";
import { trusted } from "../certificate.ts";
import { codesOf, createBody, dial, getBody, type Raw, request, statusesOf, talkOver, targetOf } from "./raw.ts";
import { serve, type Served } from "./serve.ts";

const get = request("getContactGroup", getBody);
const closing = request("getContactGroup", getBody, { fields: ["Connection: close"] });
const half = `POST ${targetOf("getContactGroup")} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{`;

const { tls, ca } = await trusted();

/** Connects by TLS, and verifies the certificate. */
function dialTls({ port }: Pick<Listener, "port">, first = ""): Raw {
  const options = { port, host: "127.0.0.1", ca, allowHalfOpen: true };
  return talkOver(connect(options), first);
}

function serveFirst(delivery: Partial<FaultDelivery>): Promise<Served> {
  const whole = {
    status: 200,
    contentType: "text/plain",
    body: "0123456789",
    delayMs: 0,
    manner: { kind: "whole" },
  } as const;
  return serve({
    tls,
    change: (response, index) => (index === 0 ? { ...response, delivery: { ...whole, ...delivery } } : response),
  });
}

test("serves pipelined and later requests of a connection, under a URL with https", async () => {
  const { listener } = await serve({ tls });
  expect(listener.url).toBe(`https://127.0.0.1:${listener.port}`);
  const raw = dialTls(listener, request("createContactGroup", createBody("work")) + get);
  expect(codesOf(await raw.until('"ErrorCode":0', 2))).toEqual([0, 0]);
  raw.send(closing);
  expect(codesOf(await raw.closed)).toEqual([0, 0, 0]);
  expect(raw.error()).toBeUndefined();
});

test("an HTTP client gets a 400 that names HTTPS, and the listener goes on", async () => {
  const { listener } = await serve({ tls });
  for (const more of ["", "x".repeat(300_000)]) {
    const text = await dial(listener, request("getContactGroup", getBody + more)).closed;
    expect(statusesOf(text)).toEqual([400]);
    expect(text).toContain("\r\nDate: ");
    expect(text).toMatch(/\r\n\r\nThis port serves HTTPS, but the request came as HTTP\..*\n$/);
  }
  expect(codesOf(await dialTls(listener, closing).closed)).toEqual([0]);
});

test("a TLS client of an HTTP listener is reported and loses its connection, and the listener goes on", async () => {
  let tried = 0;
  const { listener } = await serve({ onTlsClient: () => tried++ });
  await dial(listener, "nonsense\r\n\r\n").closed;
  expect(tried).toBe(0);
  const raw = dialTls(listener, get);
  expect(await raw.closed).toBe("");
  expect(tried).toBe(1);
  expect(raw.error()).toBe("EPROTO");
  expect(codesOf(await dial(listener, closing).closed)).toEqual([0]);
});

test.each(["", "\x16\x03\x01", "garbage\r\n\r\n", "\x16\x03\x01\x00\x05hello"])(
  "a client whose handshake begins with %j and does not end loses its connection, while others are served",
  async (bytes) => {
    const { listener } = await serve({ tls, limits: { headMs: 100 } });
    const slow = dial(listener, Buffer.from(bytes, "latin1"));
    expect(codesOf(await dialTls(listener, closing).closed)).toEqual([0]);
    await slow.closed;
  },
  // Without a limit of its own, Node waits for two minutes.
  60_000,
);

test("a client that does not trust the certificate is rejected by itself, and the listener goes on", async () => {
  const { listener } = await serve({ tls });
  const stranger = talkOver(connect({ port: listener.port, host: "127.0.0.1" }), get);
  expect(await stranger.closed).toBe("");
  expect(stranger.error()).toMatch(/^(?:UNABLE_TO_VERIFY|SELF_SIGNED|DEPTH_ZERO)/);
  expect(codesOf(await dialTls(listener, closing).closed)).toEqual([0]);
});

test("a client that does not end its head or its body gets a 408", async () => {
  const { listener } = await serve({ tls, limits: { headMs: 500, requestMs: 600, lingerMs: 20 } });
  const clients = [dialTls(listener, "POST / HTTP/1.1\r\nHost: a\r\n"), dialTls(listener, half)];
  for (const { closed } of clients) expect(statusesOf(await closed)).toEqual([408]);
});

test("malformed HTTP and a head that is too large get their statuses", async () => {
  const { listener } = await serve({ tls, limits: { lingerMs: 20 } });
  expect(statusesOf(await dialTls(listener, "nonsense\r\n\r\n").closed)).toEqual([400]);
  expect(statusesOf(await dialTls(listener, `GET / HTTP/1.1\r\nA: ${"x".repeat(20_000)}\r\n\r\n`).closed)).toEqual([
    431,
  ]);
});

test("a client that closes its side still gets its response", async () => {
  const { listener } = await serveFirst({ delayMs: 50 });
  const raw = dialTls(listener);
  raw.socket.end(get);
  expect(await raw.closed).toMatch(/0123456789$/);
});

test("closes the connection of a client that reads no response, and an idle one", async () => {
  const { listener } = await serve({ tls, limits: { unreadMs: 200, idleMs: 100 } });
  await dialTls(listener, get).closed;
  const deaf = dialTls(listener);
  deaf.socket.pause();
  const more = get.repeat(1000);
  const fill = (): void => {
    while (deaf.socket.writable && deaf.socket.write(more));
  };
  deaf.socket.on("drain", fill);
  fill();
  await expect.poll(() => deaf.error() !== undefined || deaf.socket.destroyed).toBe(true);
});

test("a connection over the limit replaces the oldest one that waits, also during its handshake", async () => {
  const { listener } = await serve({ tls, limits: { connections: 2, headMs: 60_000, requestMs: 60_000 } });
  const silent = dial(listener);
  await new Promise((resolve) => silent.socket.once("connect", resolve));
  const used = dialTls(listener, get);
  await used.until('"ErrorCode":0');
  const next = dialTls(listener, get);
  await next.until('"ErrorCode":0');
  expect(await silent.closed).toBe("");
  const last = dialTls(listener, get);
  await last.until('"ErrorCode":0');
  await used.closed;
  for (const raw of [next, last]) raw.socket.destroy();
});

test("a call that is being handled keeps its connection when a new one arrives", async () => {
  const { emulator, listener } = await serve({
    tls,
    limits: { connections: 1 },
    change: (response) => ({
      ...response,
      delivery: { status: 200, contentType: "text/plain", body: "late", delayMs: 60_000, manner: { kind: "whole" } },
    }),
  });
  const busy = dialTls(listener, get);
  await expect.poll(() => emulator.calls.length).toBe(1);
  expect(await dialTls(listener, closing).closed).toBe("");
  expect([busy.socket.readyState, busy.error()]).toEqual(["open", undefined]);
  busy.socket.destroy();
});

test("a fault breaks the connection of TCP before the first byte", async () => {
  const { listener } = await serveFirst({ manner: { kind: "reset" } });
  const raw = dialTls(listener, get);
  expect(await raw.closed).toBe("");
  expect(raw.error()).toBe("ECONNRESET");
  expect(codesOf(await dialTls(listener, closing).closed)).toEqual([0]);
});

test("a fault cuts the body, and TLS ends in order", async () => {
  const { listener } = await serveFirst({ manner: { kind: "cut", bytes: 4 } });
  const raw = dialTls(listener, get);
  const text = await raw.closed;
  expect(text).toContain("Content-Length: 10\r\n");
  expect(text).toMatch(/\r\n\r\n0123$/);
  expect(raw.error()).toBeUndefined();
});

test("a fault sends the body in pieces, and keeps the connection", async () => {
  const { listener } = await serveFirst({ manner: { kind: "drip", bytes: 2, everyMs: 2 } });
  const raw = dialTls(listener, get);
  let pieces = 0;
  raw.socket.on("data", () => pieces++);
  await raw.until("0123456789");
  expect(pieces).toBeGreaterThan(2);
  raw.send(closing);
  expect(codesOf(await raw.closed)).toEqual([0]);
});

test("close() waits for an open call, but not for a handshake", async () => {
  const { emulator, listener } = await serve({
    tls,
    limits: { graceMs: 300_000, headMs: 300_000, requestMs: 300_000 },
    change: (response) => ({
      ...response,
      delivery: { status: 200, contentType: "text/plain", body: "late", delayMs: 200, manner: { kind: "whole" } },
    }),
  });
  const silent = connectTcp({ port: listener.port, host: "127.0.0.1" }).on("error", () => undefined);
  onTestFinished(() => void silent.destroy());
  await new Promise((resolve) => silent.once("connect", resolve));
  const busy = dialTls(listener, get);
  await expect.poll(() => emulator.calls.length).toBe(1);
  await listener.close();
  expect(await busy.closed).toMatch(/late$/);
}, 60_000);

test("the control API is served under localhost and not under a foreign name", async () => {
  const { listener } = await serve({ tls });
  const ask = (host: string): string => `GET /__emulator/clock HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
  expect(statusesOf(await dialTls(listener, ask(`localhost:${listener.port}`)).closed)).toEqual([200]);
  expect(statusesOf(await dialTls(listener, ask("evil.example")).closed)).toEqual([403]);
});
