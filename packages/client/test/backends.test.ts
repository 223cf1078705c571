import { expect, test } from "vitest";
import { fetchTransport as openapiFetch } from "../src/openapi-fetch.ts";
import { type Fetch, fetchTransport as plainFetch, type TransportRequest } from "../src/transport.ts";
import { rejection } from "./respond.ts";

// Where the suite runs as if openapi-fetch were gone, these are the same one.
const backends = { "openapi-fetch": openapiFetch, "plain fetch": plainFetch };
const request: TransportRequest = {
  url: "http://service.test/path?usersig=eJw-a_b*c&random=1",
  body: '{"From_Account":"群组"}',
  headers: { "Content-Type": "application/json" },
  signal: AbortSignal.timeout(60_000),
  maxResponseBytes: 100,
};

test("the client sends through the backend that its project is named after", ({ task }) => {
  expect(openapiFetch === plainFetch).toBe(task.file.projectName === "plain fetch");
});

test.each(Object.entries(backends))(
  "%s passes the request to fetch unchanged, without redirects",
  async (_, backend) => {
    const calls: Parameters<Fetch>[] = [];
    const { url, maxResponseBytes: _limit, ...rest } = request;
    await backend(async (...call) => (calls.push(call), new Response("")))(request);
    expect(calls).toEqual([[url, { method: "POST", redirect: "manual", ...rest }]]);
    expect(calls[0]?.[1].signal).toBe(request.signal);
  },
);

test.each(Object.entries(backends))(
  "%s returns status, headers and text of a response unchanged",
  async (_, backend) => {
    const transport = backend(async () => new Response("{no JSON", { headers: { "Retry-After": "3" } }));
    const { status, headers, text } = await transport(request);
    expect([status, headers.get("retry-after"), text]).toEqual([200, "3", "{no JSON"]);
  },
);

test.each(Object.entries(backends))(
  "%s cancels the body of another status, also one that fails",
  async (_, backend) => {
    let cancelled = 0;
    const body = new ReadableStream({
      cancel() {
        cancelled++;
        throw new Error("cannot be cancelled");
      },
    });
    const response = await backend(async () => new Response(body, { status: 502 }))(request);
    expect([response.status, response.text, cancelled]).toEqual([502, "", 1]);
  },
);

test.each(Object.entries(backends))("%s rejects with the error of fetch", async (_, backend) => {
  const reason = new TypeError("fetch failed");
  expect(await rejection(backend(() => Promise.reject(reason))(request))).toBe(reason);
});

test.each(Object.entries(backends))("%s rejects where fetch resolves to nothing", async (_, backend) => {
  const nothing = (async () => undefined) as unknown as Fetch;
  expect(await rejection(backend(nothing)(request))).toMatchObject({ message: "fetch did not return a response" });
});
