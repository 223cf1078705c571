import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { codesOf, createBody, dial, getBody, request, statusesOf } from "./raw.ts";
import { serve } from "./serve.ts";

test("responds to pipelined requests in their order", async () => {
  const { listener } = await serve();
  const names = Array.from({ length: 20 }, (_, index) => `group ${index}.`);
  const raw = dial(listener, names.map((name) => request("createContactGroup", createBody(name))).join(""));
  const text = await raw.until('"ErrorCode":0', names.length);
  expect([...text.matchAll(/"GroupName":"(.*?)"/g)].map(([, name]) => name)).toEqual(names);
  raw.socket.destroy();
});

test("sends responses in the order of the requests when the first one is delayed", async () => {
  const { listener } = await serve({
    change: (response, index) =>
      index === 0
        ? {
            ...response,
            delivery: { status: 200, contentType: "text/plain", body: "late", delayMs: 30, manner: { kind: "whole" } },
          }
        : response,
  });
  const raw = dial(listener, request("getContactGroup", getBody).repeat(2));
  expect(await raw.until('"ErrorCode":0')).toMatch(/late[\s\S]*"ErrorCode":0/);
  raw.socket.destroy();
});

test("a call whose UserSig has to be verified gets its response before later ones", async () => {
  const { listener } = await serve({ emulator: { apps: [{ sdkAppId: 1400000000, secretKey: "0123456789abcdef" }] } });
  const raw = dial(
    listener,
    request("getContactGroup", getBody) + request("getContactGroup", getBody, { method: "GET" }),
  );
  const text = await raw.until('"ErrorCode"', 2);
  expect(codesOf(text)).toEqual([errorCodes.UserSigIllegal, errorCodes.RequestResourceInvalid]);
  raw.socket.destroy();
});

test("responds to the requests before garbage, then rejects the garbage and closes", async () => {
  const { listener } = await serve();
  const raw = dial(listener, `${request("getContactGroup", getBody).repeat(3)}no HTTP\r\n\r\n`);
  const text = await raw.closed;
  expect(statusesOf(text)).toEqual([200, 200, 200, 400]);
  expect(codesOf(text)).toEqual([0, 0, 0]);
});
