import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { send } from "../send.ts";
import { type Ended, program, runCommand } from "./run-command.ts";

/** Windows has none: a process that gets one just ends. */
const hasSignals = process.platform !== "win32";
const headers = { "Content-Type": "application/json" };
const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill("SIGKILL")));

function start(...args: readonly string[]): { child: ChildProcess; url: Promise<string>; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, "serve", ...args]);
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
  const ended = once(child, "close").then(([code]) => ({ code: Number(code), ...texts }));
  return { child, url, ended };
}

test.runIf(hasSignals)("serves until SIGTERM and exits with 0", async () => {
  const { child, url, ended } = start("--port", "0");
  const origin = await url;
  expect((await send(fetch, "getContactGroup", { origin })).status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toEqual({
    code: 0,
    stdout: `Contract server at ${origin}\nPlan its responses and list its requests as described at ${origin}/__contract/openapi.json\n`,
    stderr: "",
  });
});

test.runIf(hasSignals)("--assert-valid after a bad call exits with 1 on SIGINT", async () => {
  const { child, url, ended } = start("--port", "0", "--assert-valid");
  await send(fetch, "getContactGroup", { origin: await url, headers, query: { random: undefined } });
  child.kill("SIGINT");
  const { stdout, ...rest } = await ended;
  expect(rest).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain("random is required");
});

/** Serves in this process until `use` has resolved. */
function serve(args: readonly string[], use: (origin: string) => Promise<unknown>): Promise<Ended> {
  const untilStopped = async (printed: () => string): Promise<void> => {
    await expect.poll(printed).toMatch(/http:/);
    await use(/http:\/\/\S+:\d+/.exec(printed())?.[0] ?? "");
  };
  return runCommand(["serve", "--port", "0", ...args], { untilStopped });
}

test.each([
  ["valid calls", 0, "All calls since the start are valid.", { random: "1" }],
  [
    "no call",
    3,
    "No call was recorded, so nothing could be validated. Send the calls of the code under test to this server.",
    undefined,
  ],
] as const)("--assert-valid after %s exits with %i", async (_title, code, text, query) => {
  const { stdout, ...rest } = await serve(["--assert-valid"], async (origin) => {
    if (query) await send(fetch, "getContactGroup", { origin, headers, query });
  });
  expect(rest).toEqual({ code, stderr: "" });
  expect(stdout).toContain(text);
});

test.each([
  [[], 1, "1 violation with 1 cause"],
  [["--ignore", "schema"], 0, "All calls since the start are valid."],
] as const)("--assert-valid %j reports after a reset the violations before it", async (more, code, text) => {
  const { stdout, ...rest } = await serve(["--assert-valid", ...more], async (origin) => {
    await send(fetch, "getContactGroup", { origin, headers, query: { random: undefined } });
    await fetch(`${origin}/__contract/reset`, { method: "POST", headers });
    await send(fetch, "getContactGroup", { origin, headers, query: { random: "1" } });
  });
  expect(rest).toEqual({ code, stderr: "" });
  expect(stdout).toContain(text);
});

test("reports that the port is in use and exits with 2", async () => {
  await serve([], async (origin) => {
    const { port } = new URL(origin);
    expect(await runCommand(["serve", "--port", port])).toEqual({
      code: 2,
      stdout: "",
      stderr: `Port ${port} of 127.0.0.1 is already in use. Choose another one with --port, or --port 0 for a free one.\n`,
    });
  });
});

test.each([
  [["serve", "--port", "65536"], "It must be an integer from 0 to 65535."],
  [["serve", "--port", "1e3"], "It must be an integer from 0 to 65535."],
  [["serve", "--max-body-bytes", "0"], "It must be an integer from 1 to 2147483647."],
  [["serve", "--colour"], "unknown option '--colour'"],
  [["serve", "--port", "0", "--ignore", "shcema"], "but has shcema."],
  [["serve", "now"], "too many arguments"],
  [["nothing"], "unknown command 'nothing'"],
  [
    ["serve", "--host", "192.0.2.1", "--port", "0"],
    "The address 192.0.2.1 is not an address of this machine. Choose another one with --host.",
  ],
])("exits with 2 and one clear sentence for %j", async (args, sentence) => {
  const { code, stderr } = await runCommand(args);
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/\n\s+at /);
});
