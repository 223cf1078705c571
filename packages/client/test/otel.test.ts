import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { beforeAll, expect, test } from "vitest";
import type { ClientOptions, Fetch, Middleware } from "../src/index.ts";
import { operations } from "@contact-groups/openapi/model";
import { otelMiddleware, type OtelMiddlewareOptions } from "../src/otel.ts";
import { createMockClient, type MockResponse, type MockClient } from "../src/testing.ts";
import { respondWith, clientOf, okBody, recorder, rejection } from "./respond.ts";
import { createManualClock } from "./manual-clock.ts";
import { followContexts, recordSpans } from "./spans.ts";

beforeAll(followContexts);

const page = { From_Account: "user15", StartIndex: 0 };
const path = operations.getContactGroup.path;
const { tracer: other } = recordSpans();

/** A client with the middleware, and the spans of its calls. */
function traced(responses: readonly MockResponse<"getContactGroup">[], options: Partial<ClientOptions> = {}) {
  const { tracer, spans } = recordSpans();
  const client: MockClient = createMockClient({ middleware: [otelMiddleware({ tracer })], ...options } as object);
  client.mock.next("getContactGroup", ...responses);
  return { client, spans, tracer };
}

test("a call is an internal span, and its attempt a client span inside", async () => {
  const { client, spans } = traced([]);
  await client.getContactGroup(page);
  const [attempt, call] = spans();
  expect(spans()).toHaveLength(2);
  expect(call).toMatchObject({
    name: "getContactGroup",
    kind: SpanKind.INTERNAL,
    status: { code: SpanStatusCode.UNSET },
  });
  expect(attempt).toMatchObject({
    name: `POST ${path}`,
    kind: SpanKind.CLIENT,
    status: { code: SpanStatusCode.UNSET },
  });
  expect(attempt?.parentSpanContext?.spanId).toBe(call?.spanContext().spanId);
});

test("an attempt has the attributes of the semantic conventions, and credentials are REDACTED", async () => {
  const { client, spans } = traced([]);
  await client.getContactGroup(page);
  expect(spans()[0]?.attributes).toEqual({
    "http.request.method": "POST",
    "http.response.status_code": 200,
    "server.address": "contact-groups.test",
    "server.port": 80,
    "tencent_cloud_chat.operation": "getContactGroup",
    "url.full": `http://contact-groups.test${path}?sdkappid=REDACTED&identifier=REDACTED&usersig=REDACTED&random=REDACTED&contenttype=json`,
    "url.template": path,
  });
});

test.each([
  ["http://host.test", "host.test", 80],
  ["https://host.test", "host.test", 443],
  ["https://host.test:8443/base", "host.test", 8443],
])("the server of %s is %s and port %i", async (baseUrl, address, port) => {
  const { client, spans } = traced([], { baseUrl });
  await client.getContactGroup(page);
  for (const { attributes } of spans())
    expect(attributes).toMatchObject({ "server.address": address, "server.port": port });
});

test("each attempt is a span of its own time, and those after the first count as resends", async () => {
  const clock = createManualClock();
  const { client, spans } = traced([{ error: 60008 }, { status: 502 }], { clock, retry: {}, random: () => 2 ** 31 });
  const call = client.getContactGroup(page);
  await clock.advance(20_000);
  await call;
  const attempts = spans().slice(0, -1);
  expect(attempts.map(({ attributes }) => attributes["http.request.resend_count"])).toEqual([undefined, 1, 2]);
  expect(attempts.map(({ attributes }) => attributes["http.response.status_code"])).toEqual([200, 502, 200]);
  expect(attempts.map(({ attributes }) => attributes["error.type"])).toEqual(["60008", "502", undefined]);
  expect(attempts[0]?.startTime).toEqual([Date.UTC(2026, 0, 1) / 1000, 0]);
  const starts = attempts.map(({ startTime: [seconds, nanos] }) => seconds * 1000 + nanos / 1e6);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(new Set(starts).size).toBe(3);
  expect(spans().at(-1)).toMatchObject({ name: "getContactGroup", status: { code: SpanStatusCode.UNSET } });
});

test("an attempt's span lasts as long as the attempt", async () => {
  const clock = createManualClock();
  const { client, spans } = traced([{ timeout: true }], { clock, timeoutMs: 1500 });
  const error = rejection(client.getContactGroup(page));
  await clock.advance(1500);
  await error;
  expect(spans()[0]?.duration).toEqual([1, 500_000_000]);
});

const failures: [response: MockResponse<"getContactGroup">, type: string, code: number | undefined, message: RegExp][] =
  [
    [{ error: "ServiceTimeout" }, "60008", 60008, /60008 ServiceTimeout/],
    [{ error: 99_999 }, "99999", 99_999, /99999/],
    [{ network: "ECONNREFUSED" }, "NetworkError", undefined, /ECONNREFUSED/],
    [{ status: 200, text: "{" }, "ProtocolError", undefined, /not JSON/],
  ];

test.each(failures)("%j fails both spans, with error.type %s", async (given, type, code, message) => {
  const { client, spans } = traced([given]);
  await rejection(client.getContactGroup(page));
  for (const { status, attributes } of spans()) {
    expect(status).toEqual({ code: SpanStatusCode.ERROR, message: expect.stringMatching(message) });
    expect(attributes["error.type"]).toBe(type);
    expect(attributes["tencent_cloud_chat.error_code"]).toBe(code);
  }
  expect(spans()).toHaveLength(2);
});

test("a call that is rejected before it is sent has no attempt", async () => {
  const { client, spans } = traced([]);
  await rejection(client.getContactGroup({ From_Account: "", StartIndex: 0 }));
  expect(spans()).toMatchObject([{ name: "getContactGroup", attributes: { "error.type": "InvalidArgumentError" } }]);
});

test("shows only the name of an error of another package", async () => {
  const { client, spans } = traced([{ timeout: true }]);
  const reason = Object.assign(new Error("eJw-private"), { name: "StopError" });
  const named = Object.assign(new Error("x"), { name: "eJw-private ***" });
  await rejection(client.getContactGroup(page, { signal: AbortSignal.abort(reason) }));
  await rejection(client.getContactGroup(page, { signal: AbortSignal.abort(named) }));
  expect(spans().map(({ attributes }) => attributes["error.type"])).toEqual(["StopError", "_OTHER"]);
  expect(spans().map(({ status }) => status)).toEqual([{ code: SpanStatusCode.ERROR }, { code: SpanStatusCode.ERROR }]);
});

test("no span has a user's ID", async () => {
  const { client, spans } = traced([]);
  await client.getContactGroup({ ...page, From_Account: "somebody-known" });
  for (const { name, attributes, events } of spans())
    expect(JSON.stringify([name, attributes, events])).not.toContain("somebody");
});

test("a call that an inner middleware repeats with next is a resend too", async () => {
  const { tracer, spans } = recordSpans();
  const twice: Middleware = (call, next) => next(call).then(() => next(call));
  await clientOf(respondWith(okBody), { middleware: [otelMiddleware({ tracer }), twice] }).getContactGroup(page);
  expect(spans().map(({ attributes }) => attributes["http.request.resend_count"])).toEqual([undefined, 1, undefined]);
});

test("calls onAttempt of an outer middleware for each attempt", async () => {
  const reported: number[] = [];
  const watch: Middleware = (call, next) => next({ ...call, onAttempt: ({ attempt }) => void reported.push(attempt) });
  const { tracer } = recordSpans();
  await clientOf(respondWith(okBody), { middleware: [watch, otelMiddleware({ tracer })] }).getContactGroup(page);
  expect(reported).toEqual([1]);
});

test("a call's span is inside the caller's", async () => {
  const { client, spans, tracer } = traced([]);
  const outer = tracer.startSpan("outer");
  await context.with(trace.setSpan(context.active(), outer), () => client.getContactGroup(page));
  expect(spans()[1]?.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
});

/** What an instrumentation of `fetch` does: a span with the URL, and trace headers. */
async function instrumented(options: OtelMiddlewareOptions): Promise<{ names: string[]; parent: string | undefined }> {
  const { tracer, spans } = recordSpans();
  let parent: string | undefined;
  const fetch: Fetch = (url) => {
    const span = tracer.startSpan(`fetch ${url}`);
    parent = trace.getSpan(context.active())?.spanContext().spanId;
    span.end();
    return Promise.resolve(Response.json(okBody));
  };
  await clientOf(fetch, { middleware: [otelMiddleware({ tracer, ...options })] }).getContactGroup(page);
  const call = spans().find(({ name }) => name === "getContactGroup");
  return {
    names: spans().map(({ name }) => name.split(" ")[0] ?? ""),
    parent: call?.spanContext().spanId === parent ? "call" : parent,
  };
}

test("instrumentations of fetch create no span within a call, unless innerSpans is true", async () => {
  expect((await instrumented({})).names).toEqual(["POST", "getContactGroup"]);
  expect(await instrumented({ innerSpans: true })).toEqual({
    names: ["fetch", "POST", "getContactGroup"],
    parent: "call",
  });
});

test("no trace headers are sent", async () => {
  const { fetch, requests } = recorder();
  await clientOf(fetch, { middleware: [otelMiddleware({ tracer: other })] }).getContactGroup(page);
  expect([...(requests[0]?.headers.keys() ?? [])].filter((name) => /trace|baggage/.test(name))).toEqual([]);
  expect(propagation.fields()).toEqual([]);
});
