import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { inspectorFiles } from "../../src/generated/inspector.ts";
import { createEmulator, type EmulatorOptions, type ListenOptions, rules } from "../../src/index.ts";
import { dial } from "../node/raw.ts";

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const files = [
  ["/__emulator/", "text/html; charset=utf-8"],
  ["/__emulator/assets/inspector.js", "text/javascript; charset=utf-8"],
  ["/__emulator/assets/inspector.css", "text/css; charset=utf-8"],
  ["/__emulator/assets/rules.json", "application/json"],
] as const;

/** Sends a request over a socket, with any header. */
async function request(
  target: string,
  fields: readonly string[] = [],
  {
    method = "GET",
    emulator = {},
    listen = {},
  }: { method?: string; emulator?: EmulatorOptions; listen?: ListenOptions } = {},
): Promise<string> {
  await using served = createEmulator(emulator);
  const listener = await served.listen(listen);
  const host = fields.some((field) => field.startsWith("Host: ")) ? [] : [`Host: 127.0.0.1:${listener.port}`];
  const own = fields.map((field) => field.replace("OWN", `http://127.0.0.1:${listener.port}`));
  const head = [`${method} ${target} HTTP/1.1`, ...host, "Connection: close", "Content-Length: 0", ...own];
  return await dial(listener, `${head.join("\r\n")}\r\n\r\n`).closed;
}

test.each(files)("serves %s with its type and a strict policy, over HTTP and through fetch", async (target, type) => {
  const emulator = createEmulator();
  const response = await emulator.fetch(`http://emulator.test${target}?x=1`);
  const text = await request(`${target}?x=1`);
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  const headers = {
    "Content-Type": type,
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
  };
  for (const [name, value] of Object.entries(headers)) {
    expect(response.headers.get(name)).toBe(value);
    expect(text).toContain(`\r\n${name}: ${value}\r\n`);
  }
  expect(text.split("\r\n\r\n").slice(1).join("\r\n\r\n")).toBe(await response.text());
});

test("serves the rules of the emulator", async () => {
  const response = await createEmulator().fetch("http://emulator.test/__emulator/assets/rules.json");
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify({ rules })));
});

test("redirects the address without its last slash", async () => {
  const response = await createEmulator().fetch("http://emulator.test/__emulator");
  expect([response.status, response.headers.get("Location")]).toEqual([308, "/__emulator/"]);
  expect(await request("/__emulator?x=1")).toMatch(/^HTTP\/1\.1 308 [\s\S]*\r\nLocation: \/__emulator\/\r\n/);
});

test.each([
  ["another method", "/__emulator/", "POST", 404],
  ["an unknown file", "/__emulator/assets/nothing.js", "GET", 404],
  ["a name of every object", "/__emulator/assets/../constructor", "GET", 404],
  ["a name of every object at the root", "/__emulator/constructor", "GET", 404],
])("the control API responds to %s", async (_, target, method, status) => {
  expect(await request(target, [], { method })).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test.each(files.map(([target]) => target))("an emulator that is public has no %s", async (target) => {
  const emulator = { public: true };
  for (const path of [target, "/__emulator"]) {
    expect(await request(path, [], { emulator })).not.toContain("Content-Security-Policy");
    const response = await createEmulator(emulator).fetch(`http://emulator.test${path}`);
    expect(response.headers.get("Content-Security-Policy")).toBeNull();
  }
});

test.each(files.map(([target]) => target))("%s needs a known host, but no token", async (target) => {
  const listen = { controlToken: "a-token-of-the-test" };
  expect(await request(target, [], { listen })).toMatch(/^HTTP\/1\.1 200 /);
  expect(await request(target, ["Host: evil.example"], { listen })).toMatch(/^HTTP\/1\.1 403 /);
  expect(await request(target, ["Origin: https://evil.example"], { listen })).toMatch(/^HTTP\/1\.1 403 /);
});

test("a page of the emulator itself can use the control API", async () => {
  expect(await request("/__emulator/reset", ["Origin: OWN"], { method: "POST" })).toMatch(/^HTTP\/1\.1 204 /);
});

test.each([
  ["a page of a name that points here", ["Host: evil.example", "Origin: http://evil.example"]],
  ["a page of another port", ["Origin: http://127.0.0.1:1"]],
  ["a page of the same name under another scheme", ["Origin: ftp://127.0.0.1"]],
  ["a page without an origin", ["Origin: null"]],
])("%s cannot use the control API", async (_, fields) => {
  expect(await request("/__emulator/reset", fields, { method: "POST" })).toMatch(/^HTTP\/1\.1 403 /);
});

test("a page of the emulator itself needs the token for everything else", async () => {
  const listen = { controlToken: "a-token-of-the-test" };
  expect(await request("/__emulator/journal", ["Origin: OWN"], { listen })).toMatch(/^HTTP\/1\.1 401 /);
});

test("the page has at most 40 kB", () => {
  const bytes = Object.values(inspectorFiles).map((text) => gzipSync(text, { level: 9 }).length);
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(40_000);
});

test("the page names no other host", () => {
  const texts = Object.entries(inspectorFiles).map(([name, text]) => [
    name,
    text.match(/\b(?:https?:|ws:)?\/\/[\w.-]+/g) ?? [],
  ]);
  const known = /^http:\/\/www\.w3\.org$|preact|^\/\/$/;
  expect(texts.map(([name, found]) => [name, (found as string[]).filter((url) => !known.test(url))])).toEqual(
    texts.map(([name]) => [name, []]),
  );
});
