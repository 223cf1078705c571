import { expect, test } from "vitest";
import { controlBase } from "../src/generated/control.ts";
import type { Fault } from "../src/index.ts";
import { call, create, get, to } from "./call.ts";
import { createBody, dial, getBody, request, statusesOf, targetOf } from "./node/raw.ts";
import { serve } from "./node/serve.ts";

/** A time that is neither the machine's nor that of the tests. */
const frozen = Date.UTC(2031, 1, 3, 4, 5, 6, 789);
const date = "Mon, 03 Feb 2031 04:05:06 GMT";
const close = "Connection: close";
const control = (method: string, path: string, ...fields: readonly string[]): string =>
  request("getContactGroup", "", { method, target: `${controlBase}${path}`, fields: [close, ...fields] });

/** A request for each kind of response that the listener sends, with its status. */
const requests: Readonly<Record<string, readonly [text: string, status: number]>> = {
  "a call": [request("getContactGroup", getBody, { fields: [close] }), 200],
  "a call that fails": [request("getContactGroup", "{}", { fields: [close] }), 200],
  "an unknown path": [request("getContactGroup", getBody, { target: "/", fields: [close] }), 200],
  "a preflight": [request("getContactGroup", "", { method: "OPTIONS", fields: [close] }), 204],
  "the control API": [control("GET", "/clock"), 200],
  "the control API without a body": [control("DELETE", "/journal"), 204],
  "a problem of the control API": [control("GET", "/none"), 404],
  "a page that may not use the control API": [control("GET", "/clock", "Origin: http://evil.example"), 403],
  "a preflight of the control API": [control("OPTIONS", "/clock", "Origin: http://page.example"), 204],
  "a body that is larger than its limit": [
    `POST ${targetOf("createContactGroup")} HTTP/1.1\r\nHost: a\r\n${close}\r\nContent-Length: 9\r\n\r\n123456789`,
    200,
  ],
  "a body that is announced as too large": [
    `POST ${targetOf("createContactGroup")} HTTP/1.1\r\nHost: a\r\n${close}\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n`,
    200,
  ],
  "a request without Host": [`GET / HTTP/1.1\r\n${close}\r\n\r\n`, 400],
  "an unknown expectation": [`GET / HTTP/1.1\r\nHost: a\r\n${close}\r\nExpect: cake\r\n\r\n`, 417],
  "what is not HTTP": ["hello\r\n\r\n", 400],
  "a large head": [`GET / HTTP/1.1\r\nHost: a\r\nx: ${"x".repeat(20_000)}\r\n\r\n`, 431],
  "half a request": ["GET / HTTP/1.1\r\nHost: a\r\n", 408],
};

test.each(Object.entries(requests))(
  "the Date of the response to %s is the emulator's time",
  async (name, [text, status]) => {
    const { emulator, listener } = await serve({
      controlOrigins: ["http://page.example"],
      ...(name.startsWith("a body") && { maxBodyBytes: 8 }),
      ...(status === 408 && { limits: { headMs: 50 } }),
    });
    emulator.clock.freeze(frozen);
    const response = await dial(listener, text).closed;
    expect([statusesOf(response).at(-1), response.match(/^date: .*$/gim)]).toEqual([status, [`Date: ${date}`]]);
  },
);

const faults: readonly Fault[] = [
  { error: "NetworkTimeout" },
  { status: 502 },
  { body: "text" },
  { truncate: 3 },
  { drip: { bytes: 50, everyMs: 1 } },
  { delayMs: 1 },
];

test.each(faults)("the Date of a response with the fault %j is the emulator's time", async (fault) => {
  const { emulator, listener } = await serve();
  emulator.clock.freeze(frozen);
  emulator.faults.add(fault);
  const text = await dial(listener, request("getContactGroup", getBody, { fields: [close] })).closed;
  expect(text.match(/^date: .*$/gim)).toEqual([`Date: ${date}`]);
  const response = await emulator.fetch(`http://emulator.test${targetOf("getContactGroup")}`, {
    method: "POST",
    body: getBody,
  });
  expect(response.headers.get("Date")).toBe(date);
});

test.each([
  ["a call", "POST", targetOf("getContactGroup"), getBody],
  ["a call that fails", "POST", targetOf("createContactGroup"), createBody("")],
  ["a preflight", "OPTIONS", targetOf("getContactGroup"), null],
  ["the control API", "GET", `${controlBase}/clock`, null],
  ["a problem of the control API", "GET", `${controlBase}/none`, null],
])("the Date of what fetch returns for %s is the emulator's time", async (_, method, target, body) => {
  const { emulator } = await serve();
  emulator.clock.freeze(frozen);
  const response = await emulator.fetch(`http://emulator.test${target}`, { method, body });
  expect(response.headers.get("Date")).toBe(date);
});

test("Date follows the clock, and is in the second of a Timestamp", async () => {
  const { emulator } = await serve();
  const dates: (string | null)[] = [];
  const fetch: typeof emulator.fetch = async (input, init) => {
    const response = await emulator.fetch(input, init);
    dates.push(response.headers.get("Date"));
    return response;
  };
  for (const milliseconds of [0, 999, 1, 2 * 86_400_000, -4 * 86_400_000]) {
    emulator.clock.advance(milliseconds);
    await create({ ...emulator, fetch }, `g${milliseconds}`, [to("bob")]);
    const { ContactItem } = await get({ ...emulator, fetch });
    const [{ Timestamp }] = ContactItem as [{ Timestamp: number }];
    expect(new Set(dates.splice(0))).toEqual(new Set([new Date(Timestamp * 1000).toUTCString()]));
  }
  expect(await call(emulator, "getContactGroup", getBody)).toMatchObject({ ErrorCode: 0 });
});
