import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { defaultSettings } from "../../src/index.ts";
import { run, serve } from "./run.ts";

interface Printed {
  readonly settings: readonly { readonly name: string; readonly value: unknown; readonly rules: readonly string[] }[];
}

/** The settings that `rules` prints of an emulator, and that differ from the defaults. */
async function changedAt(url: string, ...args: readonly string[]): Promise<object> {
  const { code, output, errors } = await run(["rules", "--json", "--url", url, ...args]);
  expect([code, errors]).toEqual([0, ""]);
  const { settings } = JSON.parse(output) as Printed;
  expect(settings.map(({ name }) => name)).toEqual(Object.keys(defaultSettings));
  const changed = settings.filter(({ name, value }) => value !== defaultSettings[name as keyof typeof defaultSettings]);
  return Object.fromEntries(changed.map(({ name, value }) => [name, value]));
}

const json = { "Content-Type": "application/json" };

/** Serves one response for every request. */
async function respondWith(status: number, body: string): Promise<string> {
  const respond: RequestListener = (_, response) => response.writeHead(status, json).end(body);
  const server = createServer(respond).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("rules --url prints the settings of a running emulator as they are now", async () => {
  const { url } = await serve(["--memory", "--set", "pageSize=7"]);
  expect(await changedAt(url)).toEqual({ pageSize: 7 });
  const body = JSON.stringify({ conversationCap: "item" });
  await fetch(`${url}/__emulator/settings`, { method: "PATCH", headers: json, body });
  for (const address of [`${url}/`, `${url}/__emulator`, `${url}/__emulator/`])
    expect(await changedAt(address)).toEqual({ pageSize: 7, conversationCap: "item" });
  const { output } = await run(["rules", "--url", url]);
  expect(output).toMatch(/\n\* conversationCap +item +call +call, item, evict +conversation\.cap\n/);
  expect(output).toContain("--set conversationCap=item\n");
});

test("rules --url --app prints the settings of one app", async () => {
  const { url } = await serve(["--memory", "--app", "1400000001", "--app", "1400000002"]);
  const body = JSON.stringify({ existingName: "error" });
  await fetch(`${url}/__emulator/settings?sdkAppId=1400000002`, { method: "PATCH", headers: json, body });
  expect(await changedAt(url, "--app", "1400000001")).toEqual({});
  expect(await changedAt(url, "--app", "1400000002")).toEqual({ existingName: "error" });
  const { code, errors } = await run(["rules", "--url", url, "--app", "1400000003"]);
  expect([code, errors]).toEqual([2, expect.stringMatching(/^--url http:.*: The emulator has no app 1400000003\./)]);
});

test("rules --url sends the token of the control API, and shows it nowhere", async () => {
  const env = { CONTROL: "a-token-that-nobody-may-see" };
  const access = ["--control-token-env", "CONTROL"];
  const { url } = await serve(["--memory", ...access], { env });
  const { code, output } = await run(["rules", "--url", url, ...access], { env });
  expect([code, output.includes(env.CONTROL)]).toEqual([0, false]);
  const without = await run(["rules", "--url", url]);
  expect(without.code).toBe(2);
  expect(without.errors).toContain("The control API needs its token");
  expect(without.errors).toContain("Name the variable that holds it with --control-token-env.");
  const wrong = await run(["rules", "--url", url, ...access], { env: { CONTROL: "another-token-to-hide" } });
  expect([wrong.code, wrong.errors.includes("another-token-to-hide")]).toEqual([2, false]);
});

test("rules --url prints settings that only another version has", async () => {
  const document = { settings: { novel: "a\u001b" }, defaults: { novel: "b" }, choices: { novel: ["a", "b"] } };
  const url = await respondWith(200, JSON.stringify(document));
  const { code, output } = await run(["rules", "--url", url]);
  expect(code).toBe(0);
  expect(output).toMatch(/\n\* novel +a\? +b +a, b\n$/);
});

test.each([
  [404, "{}", "is not the address of an emulator: it responded with HTTP 404 to /__emulator/settings."],
  [200, "<html>", "is not the address of an emulator: it responded with HTTP 200 to /__emulator/settings."],
  [200, '{"settings":1,"defaults":{},"choices":{}}', "is not the address of an emulator"],
  [200, "null", "is not the address of an emulator"],
  [500, '{"detail":"The store failed."}', ": The store failed."],
])("rules --url rejects the response %d %s", async (status, body, message) => {
  const url = await respondWith(status, body);
  const { code, output, errors } = await run(["rules", "--url", url]);
  expect([code, output, errors]).toEqual([
    2,
    "",
    expect.stringContaining(`--url ${url}${message[0] === ":" ? "" : " "}${message}`),
  ]);
});

test("rules --url says that no emulator responds, and does not show a query", async () => {
  const { url, close } = await serve(["--memory"]);
  await close();
  const { code, errors } = await run(["rules", "--url", `${url}/?usersig=hidden`]);
  expect([code, errors]).toEqual([2, `--url ${url}: no emulator responds there: nothing listens there.\n`]);
});

test.each([
  [["--url", "127.0.0.1:4020"], "--url must be an address such as http://127.0.0.1:4020."],
  [["--url", `http://me:${"secret"}@service.test`], "--url must have no user and password."],
  [["--url", "file:///etc/passwd"], "--url must be an address"],
  [["--url", "http://"], "--url must be an address"],
  [["--url", "http://127.0.0.1:1", "--set", "pageSize=1"], "so --set has no effect: omit one."],
  [["--url", "http://127.0.0.1:1", "--config", "a.json"], "so --config has no effect: omit one."],
  [["--url", "http://127.0.0.1:1", "--no-rate-limit"], "so --no-rate-limit has no effect: omit one."],
  [["--url", "http://127.0.0.1:1", "--app", "x"], "--app must be an SDKAppID"],
  [["--app", "1400000000"], "--app belongs to --url or --config: give where the settings of the app are."],
  [["--control-token-env", "A"], "--control-token-env belongs to --url"],
])("rules rejects %j", async (args, message) => {
  const { code, output, errors } = await run(["rules", ...args]);
  expect([code, output, errors]).toEqual([2, "", expect.stringContaining(message)]);
  expect(errors).not.toContain("hidden");
});
