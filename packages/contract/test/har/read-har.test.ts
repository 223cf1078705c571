import { expect, test } from "vitest";
import { readHar } from "../../src/har/read.ts";
import { requestOf } from "../calls.ts";
import { call, failure, userSig } from "../coverage/recorded.ts";
import { harOf } from "./har.ts";

const get = call("getContactGroup", requestOf("getContactGroup"), failure(50001), { startedAt: 1000 });

test("reads what was written, in the order of time", () => {
  const later = { ...get, startedAt: 2000 };
  expect(readHar(harOf([later, get])).calls).toEqual([get, later]);
});

test("decodes a response in base64, and reads status 0 as no response", () => {
  const har = harOf([get, { ...get, startedAt: 2000, response: undefined }]);
  const content = har.log.entries[0]?.response.content;
  Object.assign(content ?? {}, { text: Buffer.from(get.response?.body ?? []).toString("base64"), encoding: "base64" });
  const { calls } = readHar(har);
  expect(calls[0]?.response).toEqual(get.response);
  expect(calls[1]?.response).toBeUndefined();
});

test("skips and counts other paths and preflights of any host", () => {
  const page = { ...get, method: "GET", url: "https://shop.example/cart?usersig=secret" };
  const { calls, skipped } = readHar(harOf([page, page, { ...get, method: "OPTIONS" }, get]));
  expect(calls).toEqual([get]);
  expect([...skipped]).toEqual([
    ["GET https://shop.example/cart", 2],
    [`OPTIONS ${new URL(get.url).origin}${new URL(get.url).pathname}`, 1],
  ]);
});

test.each([
  [{}, "/log/entries must be a list"],
  [null, "/log/entries must be a list"],
  [{ log: { entries: [null] } }, "/log/entries/0 must be an object"],
  [
    {
      log: {
        entries: [
          {
            startedDateTime: "2026-01-01",
            request: { url: "http://a/", method: "POST", postData: { text: 5 } },
            response: { status: 200 },
          },
        ],
      },
    },
    "/log/entries/0/request/postData/text must be text",
  ],
  [{ log: { entries: [{}] } }, "/log/entries/0/startedDateTime must be a date"],
  [
    { log: { entries: [{ startedDateTime: "2026-01-01", request: { url: userSig } }] } },
    "/log/entries/0/request/url must be a URL",
  ],
  [
    { log: { entries: [{ startedDateTime: "2026-01-01", request: { url: "http://a/", method: "GET" } }] } },
    "/log/entries/0/response/status must be a number",
  ],
])("rejects what is not HAR, and names the place: %#", (har, message) => {
  expect(() => readHar(har)).toThrow(TypeError);
  expect(() => readHar(har)).toThrow(message);
  expect(() => readHar(har)).not.toThrow(userSig);
});
