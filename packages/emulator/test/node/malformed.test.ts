import { errorCodes } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { amount } from "../amount.ts";
import { codesOf, dial, getBody, request, statusesOf, targetOf } from "./raw.ts";
import { serve } from "./serve.ts";

const limits = { lingerMs: 20 };

test.each([
  ["no HTTP", "hello\r\n\r\n"],
  ["HTTP/2 without an upgrade", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["a TLS handshake", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["an HTTP/1.1 request without a host", "GET / HTTP/1.1\r\n\r\n"],
  ["a header without a colon", "GET / HTTP/1.1\r\nHost: a\r\nbad\r\n\r\n"],
  ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
  [
    "a length and chunks",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  ["a length that is no number", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"],
  ["a chunk whose size is no number", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
  ["a line break within a field", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"],
])("rejects %s with a plain 400 and closes", async (_, bytes) => {
  const { listener } = await serve({ limits });
  const text = await dial(listener, bytes).closed;
  expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(text).toMatch(/Connection: close\r\n/i);
});

test("responds to the whole requests before bytes that are not HTTP, then rejects those", async () => {
  const { listener } = await serve({ limits });
  const good = request("getContactGroup", getBody);
  for (const bad of ["hello\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"])
    expect(statusesOf(await dial(listener, good + good + bad).closed)).toEqual([200, 200, 400]);
});

test("rejects header fields of more than 16 KiB with a plain 431 and closes", async () => {
  const { listener } = await serve({ limits });
  const of = (bytes: number): string =>
    request("getContactGroup", getBody, { fields: [`X: ${"x".repeat(bytes)}`, "Connection: close"] });
  expect(statusesOf(await dial(listener, of(15 * 1024)).closed)).toEqual([200]);
  expect(statusesOf(await dial(listener, of(17 * 1024)).closed)).toEqual([431]);
  expect(statusesOf(await dial(listener, of(170 * 1024)).closed)).toEqual([431]);
});

test("responds to a body over the limit while it still arrives, then closes", async () => {
  const { listener } = await serve({ maxBodyBytes: 1000, limits });
  const fits = getBody.padEnd(1000);
  const raw = dial(listener, request("getContactGroup", fits));
  await raw.until('"ErrorCode":0');
  raw.send(
    `POST ${targetOf("getContactGroup")} HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n${"x".repeat(1001)}`,
  );
  expect(codesOf(await raw.closed)).toEqual([0, errorCodes.HttpParseFailure]);
});

test("a client that sends all of a large body before it reads gets the response", async () => {
  const { listener } = await serve({ maxBodyBytes: 1000 });
  const raw = dial(listener);
  raw.socket.pause();
  await new Promise<void>((resolve) => {
    raw.socket.write(request("getContactGroup", "x".repeat(20_000_000)), () => resolve());
  });
  raw.socket.resume();
  expect(codesOf(await raw.closed)).toEqual([errorCodes.HttpParseFailure]);
  expect(raw.error()).toBeUndefined();
});

test("closes a connection with CONNECT", async () => {
  const { listener } = await serve();
  expect(codesOf(await dial(listener, "CONNECT example.test:443 HTTP/1.1\r\nHost: a\r\n\r\n").closed)).toEqual([]);
});

test("responds to any bytes or closes the connection, and serves the next client", async () => {
  const { listener } = await serve({
    maxBodyBytes: 1000,
    limits: { headMs: 30, requestMs: 40, idleMs: 30, lingerMs: 10 },
  });
  const good = request("getContactGroup", getBody);
  const mutated = fc
    .array(
      fc.tuple(
        fc.nat(good.length - 1),
        fc.constantFrom("replace", "insert", "cut"),
        fc.string({ unit: "binary", maxLength: 5 }),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((edits) =>
      edits.reduce((text, [place, kind, by]) => {
        if (kind === "cut") return text.slice(0, place);
        return text.slice(0, place) + by + text.slice(place + (kind === "replace" ? by.length : 0));
      }, good),
    );
  const bytes = fc.oneof(mutated, fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.string({ minLength: 1 }));
  await fc.assert(
    fc.asyncProperty(bytes, async (sent) => {
      const text = await dial(listener, sent).closed;
      for (const status of statusesOf(text)) expect([200, 204, 400, 408, 413, 417, 431]).toContain(status);
    }),
    { numRuns: amount({ quick: 40, thorough: 2000 }) },
  );
  expect(
    codesOf(await dial(listener, request("getContactGroup", getBody, { fields: ["Connection: close"] })).closed),
  ).toEqual([0]);
});
