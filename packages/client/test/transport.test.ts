import { expect, test } from "vitest";
import { fetchTransport, type Fetch, type TransportRequest } from "../src/transport.ts";
import { rejection } from "./respond.ts";

const request: TransportRequest = {
  url: "http://service.test/path?usersig=eJw-a_b*c&random=1",
  body: '{"From_Account":"群组"}',
  headers: { "Content-Type": "application/json" },
  signal: AbortSignal.timeout(60_000),
  idempotent: true,
  maxResponseBytes: 100,
};

test("the transport on a fetch passes the request to fetch unchanged, without redirects", async () => {
  const calls: Parameters<Fetch>[] = [];
  const { url, idempotent: _idempotent, maxResponseBytes: _limit, ...rest } = request;
  await fetchTransport(async (...call) => (calls.push(call), new Response("")))(request);
  expect(calls).toEqual([[url, { method: "POST", redirect: "manual", ...rest }]]);
  expect(calls[0]?.[1].signal).toBe(request.signal);
});

test("the transport on a fetch returns status, headers and text of a response unchanged", async () => {
  const transport = fetchTransport(async () => new Response("{no JSON", { headers: { "Retry-After": "3" } }));
  const { status, headers, text } = await transport(request);
  expect([status, headers.get("retry-after"), text]).toEqual([200, "3", "{no JSON"]);
});

test("the transport on a fetch cancels the body of another status, also one that fails", async () => {
  let cancelled = 0;
  const body = new ReadableStream({
    cancel() {
      cancelled++;
      throw new Error("cannot be cancelled");
    },
  });
  const response = await fetchTransport(async () => new Response(body, { status: 502 }))(request);
  expect([response.status, response.text, cancelled]).toEqual([502, "", 1]);
});

test("the transport on a fetch rejects with the error of fetch", async () => {
  const reason = new TypeError("fetch failed");
  expect(await rejection(fetchTransport(() => Promise.reject(reason))(request))).toBe(reason);
});

test("the transport on a fetch rejects where fetch resolves to nothing", async () => {
  const nothing = (async () => undefined) as unknown as Fetch;
  expect(await rejection(fetchTransport(nothing)(request))).toMatchObject({
    message: "fetch did not return a response",
  });
});
