import { createClient } from "@contact-groups/client";
import { decodeUserSig } from "@contact-groups/client/usersig";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createContractFetch, startContractServer } from "../src/index.ts";
import { contractHandlers } from "../src/msw.ts";
import { send, targetOf } from "./send.ts";
import { requestOf } from "./calls.ts";
import { open, untilClosed } from "./raw-connection.ts";

/** A time that is not the machine's. */
const start = Date.UTC(2031, 1, 3, 4, 5, 6, 789);
const date = "Mon, 03 Feb 2031 04:05:06 GMT";
let time = start;
const clock = {
  now: () => time,
  after: (ms: number, run: () => void) => {
    time += ms;
    run();
    return () => {};
  },
};
afterEach(() => void (time = start));

const body = JSON.stringify(requestOf("getContactGroup"));
const server = await startContractServer({ clock, maxBodyBytes: 1000 });
const impatient = await startContractServer({ clock, requestTimeoutMs: 200 });
const alone = createContractFetch({ clock });
afterAll(() => Promise.all([server.close(), impatient.close()]));

const host = "Host: a\r\nConnection: close\r\n";
const post = (path: string, text: string, length = text.length): string =>
  `POST ${path} HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${text}`;

test.each([
  ["a call", post(targetOf("getContactGroup"), body), 200],
  ["an invalid call", post(targetOf("getContactGroup"), "{}"), 200],
  ["an unknown path", post("/", "{}"), 200],
  ["a preflight", `OPTIONS / HTTP/1.1\r\n${host}Access-Control-Request-Method: POST\r\n\r\n`, 204],
  ["a request without Host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
  ["an unknown expectation", `GET / HTTP/1.1\r\n${host}Expect: cake\r\n\r\n`, 417],
  ["no HTTP at all", "nonsense\r\n\r\n", 400],
  ["a large head", `GET / HTTP/1.1\r\n${host}x: ${"x".repeat(20_000)}\r\n\r\n`, 431],
])("the Date of the contract server is the time of its clock for %s", async (_title, text, status) => {
  expect(await datesOf(server, text)).toEqual([status, [date]]);
});

test.each([
  ["a body that is too large", server, post(targetOf("getContactGroup"), "{", 1001), 200],
  ["a body that does not arrive", impatient, post(targetOf("getContactGroup"), "{", 100), 200],
  ["half a head", impatient, "POST / HTTP/1.1\r\nHost: a\r\n", 200],
  ["the control path", server, `GET /__contract/exchanges HTTP/1.1\r\n${host}\r\n`, 200],
  ["an error of the control path", server, `GET /__contract/none HTTP/1.1\r\n${host}\r\n`, 404],
])("the Date of the contract server is the time of its clock for %s", async (_title, api, text, status) => {
  expect(await datesOf(api, text)).toEqual([status, [date]]);
});

describe.each([
  ["over HTTP", server, undefined, server.url],
  ["without a socket", alone, alone.fetch, "http://api.test"],
  ["with handlers of msw", alone, undefined, "https://console.tim.qq.com"],
])("%s", (title, api, own, origin) => {
  // What msw has put in the place of the global one.
  const fetch: typeof alone.fetch = (input, init) => (own ?? globalThis.fetch)(input, init);
  const dateOf = async (): Promise<unknown> => (await send(fetch, "getContactGroup", { origin })).headers.get("Date");
  // It takes every connection of the process, so it is there for these tests only.
  const worker = title === "with handlers of msw" ? setupServer(...contractHandlers(alone)) : undefined;
  beforeAll(() => worker?.listen());
  afterAll(() => worker?.close());

  test("the Date of a delayed response is the time after the delay", async () => {
    api.plan("get_contact_group", { delayMs: 2000 });
    expect(await dateOf()).toBe("Mon, 03 Feb 2031 04:05:08 GMT");
  });

  test.each([{ error: 50004 }, { status: 502 }, { truncate: 3 }])(
    "the Date of the planned response %j is the time of the clock",
    async (planned) => {
      api.plan("get_contact_group", planned);
      expect(await dateOf()).toBe(date);
    },
  );

  test("keeps a planned Date", async () => {
    const planned = "Tue, 29 Dec 2026 00:00:00 GMT";
    api.plan("get_contact_group", { headers: { date: planned } });
    expect(await dateOf()).toBe(planned);
  });

  test("a client signs its next UserSig at the time of the clock", async () => {
    const signedAt: unknown[] = [];
    const client = createClient({
      baseUrl: origin,
      sdkAppId: 1400000000,
      identifier: "administrator",
      secretKey: "0123456789abcdef",
      async fetch(url, init) {
        const userSig = new URL(url).searchParams.get("usersig") ?? "";
        signedAt.push((await decodeUserSig(userSig)).issuedAt);
        return fetch(url, init);
      },
    });
    for (const _ of [1, 2]) await client.getContactGroup({ From_Account: "user_0001", StartIndex: 0 });
    const now = Math.floor(start / 1000) * 1000;
    expect(signedAt.map((at) => at === now)).toEqual([false, true]);
  });
});

test("responds with an error when the clock throws, and keeps running", async () => {
  const now = (): never => {
    throw new RangeError("There is no time.");
  };
  await using broken = await startContractServer({ clock: { ...clock, now } });
  for (const _ of [1, 2]) {
    const response = await send(fetch, "getContactGroup", { origin: broken.url });
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("RangeError");
  }
  expect(await datesOf(broken, "nonsense\r\n\r\n")).toEqual([400, [expect.stringMatching(/ GMT$/)]]);
});

/** Sends text over a connection. Returns status and every Date of the response. */
async function datesOf(listener: { readonly port: number }, text: string): Promise<unknown> {
  const socket = await open(listener);
  socket.write(text);
  const response = await untilClosed(socket);
  const dates = [...response.matchAll(/^date: (.*)$/gim)].map(([, value]) => value?.trim());
  return [Number(/^HTTP\/1\.1 (\d+)/.exec(response)?.[1]), dates];
}
