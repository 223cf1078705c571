import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import type { ControlApi, ControlRequest } from "../../src/control/control.ts";
import type { ListenOptions } from "../../src/index.ts";
import { codesOf, createBody, dial, getBody, request, statusesOf } from "./raw.ts";
import { serve, type Served } from "./serve.ts";

interface Controlled extends Served {
  readonly seen: ControlRequest[];
}

/** Serves a control API that records its requests. */
async function serveControl(options: ListenOptions & { readonly maxBodyBytes?: number } = {}): Promise<Controlled> {
  const seen: ControlRequest[] = [];
  const control: ControlApi = {
    handles: (target) => target.startsWith("/__emulator/"),
    takesPieces: () => false,
    respond(received) {
      seen.push(received);
      return { status: 201, contentType: "application/json", body: '{"done":true}' };
    },
  };
  return { seen, ...(await serve({ ...options, control })) };
}

const controlRequest = (
  fields: readonly string[],
  { host = "localhost", method = "POST", target = "/__emulator/reset?a=1", body = "{}" } = {},
): string =>
  [
    `${method} ${target} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: close",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...fields,
    "",
    body,
  ].join("\r\n");

test("passes a request to the control API, and sends its response without CORS", async () => {
  const { listener, seen } = await serveControl();
  const text = await dial(listener, controlRequest(["Content-Type: application/json"])).closed;
  expect(seen).toEqual([
    { method: "POST", target: "/__emulator/reset?a=1", body: "{}", contentType: "application/json" },
  ]);
  expect(statusesOf(text)).toEqual([201]);
  expect(text.endsWith('{"done":true}')).toBe(true);
  expect(text).not.toContain("Access-Control");
});

test.each([
  "localhost",
  "localhost:4020",
  "LOCALHOST",
  "a.localhost",
  "127.0.0.1:4020",
  "[::1]:4020",
  "192.168.1.5:4020",
  "127.9.9.9",
])("serves the control API under the host %s", async (host) => {
  const { listener } = await serveControl();
  expect(statusesOf(await dial(listener, controlRequest([], { host })).closed)).toEqual([201]);
});

test.each([
  "evil.example",
  "evil.example:4020",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "localhost@evil.example",
  "",
  "1.2.3",
  "[::1].evil.example",
])("rejects the control API under the host %j, which anyone can point here", async (host) => {
  const { listener, seen } = await serveControl();
  const text = await dial(listener, controlRequest([], { host })).closed;
  expect(statusesOf(text)).toEqual([403]);
  expect(text).toContain("--control-host");
  expect(seen).toEqual([]);
});

test("checks the name in the target as well as the one in the header", async () => {
  const { listener, seen } = await serveControl();
  const target = "http://evil.example/__emulator/reset";
  expect(statusesOf(await dial(listener, controlRequest([], { target })).closed)).toEqual([403]);
  expect(seen).toEqual([]);
});

test("serves the control API under an allowed name, and not under others", async () => {
  const { listener } = await serveControl({ controlHosts: ["emulator"] });
  const status = async (host: string): Promise<number[]> =>
    statusesOf(await dial(listener, controlRequest([], { host })).closed);
  expect([await status("emulator:4020"), await status("other")]).toEqual([[201], [403]]);
});

test.each(["https://evil.example", "null", "http://localhost:5173"])(
  "rejects a page of the origin %s, and changes nothing",
  async (origin) => {
    const { listener, seen } = await serveControl();
    const text = await dial(listener, controlRequest([`Origin: ${origin}`, "Content-Type: text/plain"])).closed;
    expect(statusesOf(text)).toEqual([403]);
    expect(text).toContain("--control-origin");
    expect(text).not.toContain("Access-Control");
    expect(
      statusesOf(await dial(listener, controlRequest([`Origin: ${origin}`], { method: "OPTIONS", body: "" })).closed),
    ).toEqual([403]);
    expect(seen).toEqual([]);
  },
);

test("serves a page of an allowed origin", async () => {
  const origin = "http://localhost:5173";
  const { listener, seen } = await serveControl({ controlOrigins: [origin] });
  const sent = await dial(listener, controlRequest([`Origin: ${origin}`], { method: "OPTIONS", body: "" })).closed;
  expect(sent).toMatch(/204[\s\S]*Access-Control-Allow-Origin: http:\/\/localhost:5173\r\n/);
  const text = await dial(listener, controlRequest([`Origin: ${origin}`])).closed;
  expect(text).toMatch(/201[\s\S]*Access-Control-Allow-Origin: http:\/\/localhost:5173\r\nVary: Origin\r\n/);
  expect(seen).toHaveLength(1);
});

test("accepts a body that is larger than maxBodyBytes, also with Expect: 100-continue", async () => {
  const { listener, seen } = await serveControl({ maxBodyBytes: 10 });
  const body = JSON.stringify({ apps: [], padding: "x".repeat(2_000_000) });
  expect(statusesOf(await dial(listener, controlRequest(["Expect: 100-continue"], { body })).closed)).toEqual([
    100, 201,
  ]);
  expect(seen[0]?.body).toBe(body);
});

test("calls before a control request are handled before it", async () => {
  const { emulator, listener, seen } = await serveControl();
  const sent: number[] = [];
  seen.push = (...items) => sent.push(emulator.calls.length, items.length);
  const raw = dial(listener, request("createContactGroup", createBody("a")).repeat(2) + controlRequest([]));
  await raw.closed;
  expect(sent).toEqual([2, 1]);
});

test("without a control API its paths are unknown paths of the service", async () => {
  const { listener } = await serve({ emulator: { public: true } });
  const raw = dial(listener, controlRequest([], { target: "/__emulator/reset" }));
  expect(codesOf(await raw.closed)).toEqual([errorCodes.RequestResourceInvalid]);
});

test("serves the control API of the emulator, and triggers a fault that was added by it", async () => {
  const { listener } = await serve();
  const body = JSON.stringify({ status: 502, times: 1 });
  const made = await dial(
    listener,
    controlRequest(["Content-Type: application/json"], { target: "/__emulator/faults", body }),
  ).closed;
  expect(statusesOf(made)).toEqual([201]);
  const raw = dial(listener, request("getContactGroup", getBody).repeat(2));
  expect(statusesOf(await raw.until('"ErrorCode":0'))).toEqual([502, 200]);
  raw.socket.destroy();
});

test("requires the token, and shows it in no text", async () => {
  const { listener } = await serve({ controlToken: "token-of-the-test" });
  const send = async (path: string, fields: Record<string, string>, method = "GET"): Promise<Response> =>
    fetch(`${listener.url}/__emulator${path}`, { method, headers: fields });
  const allowed = { Authorization: "Bearer token-of-the-test" };
  expect((await send("/state", allowed)).status).toBe(200);
  expect((await send("/reset", { authorization: "bearer  token-of-the-test" }, "POST")).status).toBe(204);
  for (const wrong of [
    {},
    { Authorization: "Bearer token-of-the-tes" },
    { Authorization: "Basic token-of-the-test" },
  ]) {
    const response = await send("/state", wrong as Record<string, string>);
    expect(response.status).toBe(401);
    expect(response.headers.get("WWW-Authenticate")).toBe('Bearer realm="control API"');
    const text = await response.text();
    expect(text).toContain("The control API needs its token");
    expect(text).not.toContain("token-of-the-tes");
  }
  expect((await send("/health", {})).status).toBe(200);
});

test.each(["short", "with a space", "", "line\nbreak-token"])("rejects %j as a token", async (controlToken) => {
  await expect(serve({ controlToken })).rejects.toThrow("controlToken must be 8 to 1000 visible ASCII characters.");
});

test("serves the health check under any host, but not to pages of other origins", async () => {
  const { listener } = await serve();
  const health = (fields: readonly string[]): string =>
    controlRequest(fields, { host: "emulator.internal", method: "GET", target: "/__emulator/health", body: "" });
  expect(statusesOf(await dial(listener, health([])).closed)).toEqual([200]);
  expect(statusesOf(await dial(listener, health(["Origin: https://evil.test"])).closed)).toEqual([403]);
});
