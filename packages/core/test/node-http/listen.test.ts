import { once } from "node:events";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { defaultListenLimits, listen, type ListenerOptions } from "../../src/node-http/listen.ts";

const start = Date.UTC(2031, 1, 3, 4, 5, 6);
const date = "Mon, 03 Feb 2031 04:05:06 GMT";

/** Serves for the length of a test, and returns what a connection gets for some bytes. */
async function talk(
  bytes: string,
  receive: ListenerOptions["receive"],
  options: Partial<ListenerOptions> = {},
): Promise<string> {
  const limits = { ...defaultListenLimits, lingerMs: 20, requestMs: 200, headMs: 200, graceMs: 0 };
  const listener = await listen({
    port: 0,
    host: "127.0.0.1",
    limits,
    halfOpen: true,
    clock: { now: () => start },
    receive,
    ...options,
  });
  onTestFinished(() => listener.close());
  const socket = connect({ port: listener.port, host: "127.0.0.1", allowHalfOpen: true });
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  socket.on("error", ({ message }) => (text += message));
  socket.once("end", () => socket.end());
  socket.write(bytes);
  await once(socket, "close").catch(() => undefined);
  return text;
}

const post = (body: string, fields = ""): string =>
  `POST /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${fields}Content-Length: ${body.length}\r\n\r\n${body}`;

test("a response has the Date of the clock, unless it has one of its own", async () => {
  const dated = await talk(post("{}"), (exchange) =>
    exchange.readText(10, () => exchange.send({ status: 200, fields: ["X", "y"], body: "text" })),
  );
  expect(dated).toMatch(/^HTTP\/1\.1 200 OK\r\nX: y\r\nContent-Length: 4\r\nDate: Mon, 03 Feb 2031 04:05:06 GMT\r\n/);
  const own = await talk(post("{}"), (exchange) =>
    exchange.readText(10, () => exchange.send({ status: 200, fields: ["date", "today"], body: null })),
  );
  expect(own).toMatch(/\r\ndate: today\r\n/);
  expect(own).not.toMatch(/2031|Content-Length/);
});

test("reads a body as text or in chunks, up to a limit", async () => {
  const read: unknown[] = [];
  const received = await talk(post("four"), (exchange) =>
    exchange.readText(3, (body) => {
      read.push(body);
      exchange.send({ status: 200, fields: [], body: "early" });
    }),
  );
  expect(read).toEqual([{ unreadable: "too large" }]);
  expect(received).toMatch(/early$/);
  await talk(post("four"), async (exchange) => {
    for await (const chunk of exchange.readChunks(10)) read.push(Buffer.from(chunk).toString());
    exchange.send({ status: 200, fields: [], body: null });
  });
  expect(read[1]).toBe("four");
});

test.each([
  [3, /^HTTP\/1\.1 200 OK\r\n/],
  [4, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/],
])("a client that waits for 100 Continue with four bytes of at most %d gets %s", async (most, expected) => {
  const received = await talk(post("four", "Expect: 100-continue\r\n"), (exchange) =>
    exchange.readText(most, () => exchange.send({ status: 200, fields: [], body: "" })),
  );
  expect(received).toMatch(expected);
});

test("responds to a malformed request with the response of its listener, otherwise with a plain status", async () => {
  const malformed = (code: string) =>
    code === "ERR_HTTP_REQUEST_TIMEOUT" ? { status: 200, fields: ["X", "y"], body: "späť" } : undefined;
  const late = await talk("POST /", () => {}, { malformed });
  expect(late).toBe(`HTTP/1.1 200 OK\r\nX: y\r\nDate: ${date}\r\nContent-Length: 6\r\nConnection: close\r\n\r\nspäť`);
  expect(await talk("nonsense\r\n\r\n", () => {}, { malformed })).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
});

test.each([
  [true, /^HTTP\/1\.1 200 OK\r\n/],
  [false, /^$/],
])("a client that has closed its side gets its response: %s", async (halfOpen, expected) => {
  const listener = await listen({
    port: 0,
    host: "127.0.0.1",
    limits: { ...defaultListenLimits, graceMs: 0 },
    halfOpen,
    clock: { now: () => start },
    receive: (exchange) =>
      exchange.readText(10, () =>
        setTimeout(() => exchange.send({ status: 200, fields: ["Connection", "close"], body: "" }), 50),
      ),
  });
  onTestFinished(() => listener.close());
  const socket = connect({ port: listener.port, host: "127.0.0.1", allowHalfOpen: true });
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  socket.end(post("{}"));
  await once(socket, "end");
  socket.destroy();
  expect(text).toMatch(expected);
});
