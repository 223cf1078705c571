import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { send } from "../ask.ts";

/** Windows has none: a process that gets one just ends. */
const hasSignals = process.platform !== "win32";
const runner = fileURLToPath(new URL("run-cli.ts", import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill("SIGKILL")));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...args: readonly string[]): { child: ChildProcess; url: Promise<string>; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [runner, "serve", ...args]);
  children.push(child);
  const texts = { stdout: "", stderr: "" };
  const url = new Promise<string>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      texts.stdout += text;
      const [found] = /http:\/\/\S+:\d+/.exec(texts.stdout) ?? [];
      if (found) resolve(found);
    });
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...texts }));
  return { child, url, ended };
}

test.runIf(hasSignals)("serves until SIGTERM and ends with 0", async () => {
  const { child, url, ended } = start("--port", "0");
  const origin = await url;
  expect((await send(fetch, "getContactGroup", { origin })).status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toEqual({
    code: 0,
    stdout: `Contract server at ${origin}\nSay what it answers, and ask what it was asked, at ${origin}/__contract/openapi.json\n`,
    stderr: "",
  });
});

test.runIf(hasSignals).each([
  ["good calls", 0, "All calls since the start are valid.", { random: "1" }],
  ["a bad call", 1, "/random [schema]", { random: undefined }],
  ["no call", 1, "No call was recorded, so nothing could be judged.", undefined],
] as const)("--assert-valid after %s ends with %i", async (_title, code, text, query) => {
  const { child, url, ended } = start("--port", "0", "--assert-valid");
  const origin = await url;
  if (query) await send(fetch, "getContactGroup", { origin, query });
  child.kill("SIGINT");
  const { stdout, ...rest } = await ended;
  expect(rest).toEqual({ code, stderr: "" });
  expect(stdout).toContain(text);
});

test.runIf(hasSignals).each([
  [[], 1, "1 violation in 2 calls:"],
  [["--ignore", "schema"], 0, "All calls since the start are valid."],
] as const)("--assert-valid %j tells after a reset what was wrong before it", async (more, code, text) => {
  const { child, url, ended } = start("--port", "0", "--assert-valid", ...more);
  const origin = await url;
  await send(fetch, "getContactGroup", { origin, query: { random: undefined } });
  await fetch(`${origin}/__contract/reset`, { method: "POST", headers: { "Content-Type": "application/json" } });
  await send(fetch, "getContactGroup", { origin, query: { random: "1" } });
  child.kill("SIGTERM");
  const { stdout, ...rest } = await ended;
  expect(rest).toEqual({ code, stderr: "" });
  expect(stdout).toContain(text);
});

test("says that the port is taken and ends with 2", async () => {
  const { url } = start("--port", "0");
  const { port } = new URL(await url);
  expect(await start("--port", port).ended).toEqual({
    code: 2,
    stdout: "",
    stderr: `Port ${port} of 127.0.0.1 is taken. Choose another one with --port, or --port 0 for a free one.\n`,
  });
});

test.runIf(hasSignals).each([
  [["serve", "--port", "65536"], "It must be an integer from 0 to 65535."],
  [["serve", "--port", "1e3"], "It must be an integer from 0 to 65535."],
  [["serve", "--max-body-bytes", "0"], "It must be an integer from 1 to 2147483647."],
  [["serve", "--colour"], "unknown option '--colour'"],
  [["serve", "--port", "0", "--ignore", "shcema"], "--ignore: no rule is called shcema."],
  [["serve", "now"], "too many arguments"],
  [["nothing"], "unknown command 'nothing'"],
  [
    ["serve", "--host", "192.0.2.1", "--port", "0"],
    "The address 192.0.2.1 is none of this machine. Choose another one with --host.",
  ],
])("ends %j with 2 and one clear sentence", async (args, sentence) => {
  const [code, stderr] = await new Promise<[unknown, string]>((resolve) => {
    execFile(process.execPath, [runner, ...args], (error, _stdout, text) => resolve([error?.code, text]));
  });
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/\n\s+at /);
});
