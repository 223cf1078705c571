import { realClock } from "@contact-groups/core/real-clock";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createRecording } from "../../src/record/recording.ts";
import { createContractFetch, startContractServer, type ContractServer } from "../../src/index.ts";
import { fetchJson, send, targetOf } from "../send.ts";
import { requestOf, userSig } from "../calls.ts";
import { head, open, untilClosed } from "../raw-connection.ts";

const api = createContractFetch({ clock: { ...realClock, now: () => 5000 } });
beforeEach(() => api.reset());

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());
beforeEach(() => server.reset());

test("records a valid request and its response", async () => {
  const body = await fetchJson(api, "getContactGroup", { query: { random: "7" } });
  expect(api.exchanges).toEqual([
    {
      index: 0,
      operation: "getContactGroup",
      request: {
        method: "POST",
        path: "/v4/recentcontact/get_contact_group",
        query: {
          sdkappid: "1400000000",
          identifier: "administrator",
          usersig: "[redacted]",
          random: "7",
          contenttype: "json",
        },
        userSig: 1,
        headers: { "content-type": "application/json" },
        prefer: undefined,
        bodyKind: "json",
        body: requestOf("getContactGroup"),
      },
      step: expect.any(Number),
      verdict: { status: 200, violations: [] },
      violations: [],
      response: {
        status: 200,
        headers: expect.objectContaining({ "content-type": "application/json" }),
        violations: [],
        body,
        errorCode: 0,
        example: "OnlyPage",
        chosenBy: "request",
        faults: [],
      },
      startedAt: 5000,
      durationMs: 0,
    },
  ]);
});

test("records the violations by a request, with Prism's verdict", async () => {
  await fetchJson(api, "searchContactGroup", {
    query: { random: "-1", contenttype: undefined },
    body: { From_Account: "群".repeat(30), ContactItem: [{ Type: 1, ToGroupId: "a" }, { Type: "1" }], Extra: 1 },
  });
  const [exchange] = api.exchanges;
  expect(exchange).toMatchObject({ verdict: { status: 422 }, response: { status: 200 } });
  expect(exchange?.violations.map(({ in: place, pointer, rule }) => `${place} ${pointer} ${rule}`).toSorted()).toEqual([
    "body /ContactItem/0/To_Account oneOf",
    "body /ContactItem/1/Type enum",
    "body /Extra additionalProperties",
    "body /From_Account pattern",
    "body /From_Account x-maxBytes",
    "query /contenttype required",
    "query /random minimum",
  ]);
});

test.each([
  ["empty", "", { status: 422 }],
  ["malformed", "{", undefined],
] as const)("records a body that is %s", async (bodyKind, body, verdict) => {
  await fetchJson(api, "getContactGroup", { body });
  expect(api.exchanges[0]).toMatchObject({
    verdict,
    request: { bodyKind, body: undefined },
    violations: [{ in: "body", pointer: "", rule: "syntax", code: 60003 }],
  });
});

test("records a body over the limit without its content", async () => {
  const small = createContractFetch({ maxBodyBytes: 10 });
  await fetchJson(small, "getContactGroup");
  expect(small.exchanges[0]).toMatchObject({
    verdict: undefined,
    request: { bodyKind: "too large", body: undefined },
    violations: [{ rule: "size" }],
  });
});

test("records an invalid body over 64 KiB without its content and without a verdict", async () => {
  await fetchJson(api, "searchContactGroup", { body: { From_Account: "x".repeat(70_000), ContactItem: [] } });
  expect(api.exchanges[0]).toMatchObject({
    verdict: undefined,
    request: { bodyKind: "json", body: undefined },
    violations: [{ in: "body" }],
  });
});

test("records a call of an unknown path", async () => {
  await api.fetch("/v4/recentcontact/nothing", { method: "POST", body: "{}" });
  await api.fetch(targetOf("getContactGroup"));
  expect(api.exchanges).toMatchObject([
    { operation: undefined, verdict: { status: 404 }, violations: [{ in: "path", rule: "path" }] },
    { operation: undefined, verdict: { status: 405 }, violations: [{ in: "method", rule: "method" }] },
  ]);
});

test("records a request whose body ends early", async () => {
  const socket = await open(server);
  socket.write(`${head(new URL(targetOf("getContactGroup"), server.url), 100)}{`);
  await expect.poll(() => server.exchanges.length + 1).toBe(1);
  socket.resetAndDestroy();
  await once(socket, "close");
  await expect
    .poll(() => server.exchanges)
    .toMatchObject([{ request: { bodyKind: "broken" }, verdict: undefined, response: { status: undefined } }]);
});

test("does not record a preflight or a call of the control path", async () => {
  const url = `${server.url}${targetOf("getContactGroup")}`;
  await fetch(url, { method: "OPTIONS", headers: { "Access-Control-Request-Method": "POST" } });
  await fetch(`${server.url}/__contract/exchanges`);
  expect(server.exchanges).toEqual([]);
});

test("numbers the UserSigs without keeping them", async () => {
  const sent = [userSig, "another", userSig, undefined];
  for (const usersig of sent) await fetchJson(api, "getContactGroup", { query: { usersig } });
  expect(api.exchanges.map(({ request }) => request.userSig)).toEqual([1, 2, 1, undefined]);
  expect(api.exchanges.map(({ request }) => request.query["usersig"])).toEqual([
    "[redacted]",
    "[redacted]",
    "[redacted]",
    undefined,
  ]);
});

test("keeps the order in which the requests arrived", async () => {
  const slow = await open(server);
  const body = JSON.stringify(requestOf("getContactGroup"));
  const url = new URL(targetOf("getContactGroup", { random: "1" }), server.url);
  slow.write(head(url, Buffer.byteLength(body)).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await send(fetch, "getContactGroup", { origin: server.url, query: { random: "2" } });
  slow.write(body);
  await untilClosed(slow);
  expect(server.exchanges.map(({ index, request }) => [index, request.query["random"]])).toEqual([
    [0, "1"],
    [1, "2"],
  ]);
});

test("forgets the oldest calls over the limit, and then does not confirm that all were valid", async () => {
  const two = createContractFetch({ maxExchanges: 2 });
  for (let call = 0; call < 3; call++) await fetchJson(two, "getContactGroup");
  expect(two.exchanges.map(({ index }) => index)).toEqual([1, 2]);
  expect(() => two.assertValid()).toThrow("1 call is no longer recorded, so they could not be validated.");
});

test("does not record a call that ends after a reset", async () => {
  api.plan("get_contact_group", { delayMs: 1 });
  const pending = send(api.fetch, "getContactGroup");
  api.reset();
  await pending;
  expect(api.exchanges).toEqual([]);
});

test("records plain data", async () => {
  await fetchJson(api, "getContactGroup", { body: {} });
  const { exchanges } = api;
  expect(structuredClone(exchanges)).toEqual(exchanges);
});

test("numbers UserSigs in the order of their first use, and forgets the oldest of more than 10,000", () => {
  const recording = createRecording(0);
  expect([recording.userSigNumber("a"), recording.userSigNumber("b"), recording.userSigNumber("a")]).toEqual([1, 2, 1]);
  for (let index = 0; index < 10_000; index++) recording.userSigNumber(`sig-${index}`);
  expect(recording.userSigNumber("a")).toBe(10_003);
});
