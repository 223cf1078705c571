import { describe, expect, test } from "vitest";
import { fetchTransport, type Fetch, type TransportRequest } from "../src/transport.ts";
import { createManualClock } from "./manual-clock.ts";
import { rejection } from "./respond.ts";

const clock = createManualClock();

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
  await fetchTransport(async (...call) => (calls.push(call), new Response("")), clock)(request);
  expect(calls).toEqual([[url, { method: "POST", redirect: "manual", ...rest }]]);
  expect(calls[0]?.[1].signal).toBe(request.signal);
});

test("the transport on a fetch returns status, headers and text of a response unchanged", async () => {
  const transport = fetchTransport(async () => new Response("{no JSON", { headers: { "Retry-After": "3" } }), clock);
  const { status, headers, text } = await transport(request);
  expect([status, headers.get("retry-after"), text]).toEqual([200, "3", "{no JSON"]);
});

describe("the transport on a fetch reads the body of another status", () => {
  /** A body of these pieces, which ends only if it is told to. */
  function respondWith(pieces: readonly string[], end: boolean): { fetch: Fetch; cancelled: () => number } {
    let cancelled = 0;
    const fetch: Fetch = async () => {
      const rest = [...pieces];
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          const piece = rest.shift();
          if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece));
          else if (end) controller.close();
        },
        cancel() {
          cancelled++;
          throw new Error("cannot be cancelled");
        },
      });
      return new Response(body, { status: 502 });
    };
    return { fetch, cancelled: () => cancelled };
  }

  test("to its end, and leaves no timer", async () => {
    const { fetch, cancelled } = respondWith(["<html>", "Bad ", "Gateway"], true);
    const { status, text } = await fetchTransport(fetch, clock)(request);
    expect([status, text, cancelled(), clock.pending()]).toEqual([502, "<html>Bad Gateway", 0, 0]);
  });

  test("up to a limit, and cancels the rest", async () => {
    const { fetch, cancelled } = respondWith(Array<string>(1000).fill("x".repeat(999)), true);
    const { text } = await fetchTransport(fetch, clock)(request);
    expect([text.length, cancelled(), clock.pending()]).toEqual([4995, 1, 0]);
  });

  test("for a short time, and cancels the rest", async () => {
    const { fetch, cancelled } = respondWith(["<html>"], false);
    const response = fetchTransport(fetch, clock)(request);
    await clock.advance(1000);
    expect([(await response).text, cancelled(), clock.pending()]).toEqual(["<html>", 1, 0]);
  });

  test("until it fails", async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error("reset")) });
    const { status, text } = await fetchTransport(async () => new Response(body, { status: 502 }), clock)(request);
    expect([status, text, clock.pending()]).toEqual([502, "", 0]);
  });
});

test("the transport on a fetch rejects with the error of fetch", async () => {
  const reason = new TypeError("fetch failed");
  expect(await rejection(fetchTransport(() => Promise.reject(reason), clock)(request))).toBe(reason);
});

test("the transport on a fetch rejects where fetch resolves to nothing", async () => {
  const nothing = (async () => undefined) as unknown as Fetch;
  expect(await rejection(fetchTransport(nothing, clock)(request))).toMatchObject({
    message: "fetch did not return a response",
  });
});
