import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signalProcess } from "@contact-groups/testing/signal-process";
import { afterEach, expect, test } from "vitest";
import { temporaryFolder } from "../coverage/folder.ts";
import { consumers, fetching, nodeProgram } from "./consumers.ts";
import { program, runProcess } from "./run-command.ts";

const hasSignals = process.platform !== "win32";
const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill("SIGKILL")));

const isInstalled = (name: string): boolean => spawnSync(name, ["--version"], { stdio: "ignore" }).error === undefined;

test.each(Object.keys(consumers).filter((name) => !/^(?:sh|python3)$/.test(name) || isInstalled(name)))(
  "serve -- %s exits with 0 after a valid call, and with 1 after an invalid one",
  async (name) => {
    const valid = await runProcess(["serve", "--", ...(consumers[name]?.(true) ?? [])]);
    expect(valid.stderr).toMatch(/All calls since the start are valid\.\n$/);
    expect(valid.code).toBe(0);
    const invalid = await runProcess(["serve", "--", ...(consumers[name]?.(false) ?? [])]);
    expect(invalid.stderr).toContain("random is required");
    expect(invalid.code).toBe(1);
  },
);

test.each([
  [
    "the command's own code, even with a violation",
    `${fetching(false)} process.exitCode = 7;`,
    7,
    /random is required/,
  ],
  ["3 without a call", "", 3, /No call was recorded/],
  [
    "4 after a request that was cut off",
    `${fetching(true)}
    const { connect } = await import("node:net");
    const { hostname, port } = new URL(process.env.CONTACT_GROUPS_URL);
    const socket = connect(Number(port), hostname);
    socket.write("POST /v4/recentcontact/create_contact_group HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 9\\r\\n\\r\\n{", () =>
      setTimeout(() => process.exit(0), 200));`,
    4,
    /1 call is cut off before the whole request had arrived/,
  ],
  [
    "1 after an invalid call in a session that has ended",
    `${fetching(true)}
    process.env.CONTACT_GROUPS_URL += "/__session/one";
    ${fetching(false)}
    const end = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
    await fetch(process.env.CONTACT_GROUPS_URL + "/__contract/end", end);`,
    1,
    /random is required.*first in session one/s,
  ],
  ["0 after violations of rules that --ignore names", fetching(false), 0, /are valid/],
])("exits with %s", async (title, code, exitCode, verdict) => {
  const options = title.includes("--ignore") ? ["--ignore", "schema"] : [];
  const ended = await runProcess(["serve", ...options, "--", ...nodeProgram(code)]);
  expect(ended.stderr).toMatch(verdict);
  expect(ended.code).toBe(exitCode);
});

test("passes the output of the command through, with nothing of its own on the standard output", async () => {
  const { stdout } = await runProcess(["serve", "--", ...nodeProgram(`${fetching(true)} console.log("out");`)]);
  expect(stdout).toBe("out\n");
});

test.each([
  ["does not exist", "no-such-program", "The program no-such-program was not found."],
  ["is not executable", import.meta.filename, "is not a program, or may not be executed."],
])("exits with 2 and one sentence when the command %s", async (_, command, sentence) => {
  const { code, stderr, stdout } = await runProcess(["serve", "--", command]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(sentence);
  expect(stderr.split("\n")).toHaveLength(2);
});

function start(code: string): { readonly child: ChildProcess; readonly printed: () => string } {
  const child = spawn(process.execPath, [program, "serve", "--", ...nodeProgram(code)], { stdio: "pipe" });
  children.push(child);
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => (text += part));
  return { child, printed: () => text };
}

const waiting = (signal: string, atSignal: string): string =>
  `process.on(${JSON.stringify(signal)}, () => { console.log("signal"); ${atSignal} });
  setInterval(() => {}, 1000);
  console.log("ready", process.pid);`;

test.runIf(hasSignals).each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("passes %s on, and exits with %i although the command exits with 0", async (signal, code) => {
  const { child, printed } = start(`${fetching(true)} ${waiting(signal, "process.exit(0);")}`);
  await expect.poll(printed).toContain("ready");
  child.kill(signal);
  expect(await once(child, "close")).toEqual([code, null]);
  expect(printed()).toContain("signal");
});

test.runIf(hasSignals)("ends the command and itself at once at a second SIGINT", async () => {
  const { child, printed } = start(waiting("SIGINT", ""));
  await expect.poll(printed).toContain("ready");
  child.kill("SIGINT");
  await expect.poll(printed).toContain("signal");
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([130, null]);
  const pid = Number(/ready (\d+)/.exec(printed())?.[1]);
  await expect.poll(() => signalProcess(pid, 0)).toBe(false);
});

test.runIf(hasSignals)("a server that npx started ends with npx, and prints its verdict", async () => {
  const file = join(temporaryFolder(), "printed.txt");
  writeFileSync(file, "");
  const line = `"$0" "$1" serve --port 0 --assert-valid > "$2"; true`;
  const env = { ...process.env, npm_command: "exec" };
  const npx = spawn("sh", ["-c", line, process.execPath, program, file], { stdio: "ignore", env });
  children.push(npx);
  const printed = (): string => readFileSync(file, "utf8");
  await expect.poll(printed).toMatch(/http:\S+/);
  npx.kill("SIGTERM");
  await expect.poll(printed).toMatch(/No call was recorded/);
});

test.each([
  ["valid", true, 0, { failures: "0", errors: "0", tests: "1" }],
  ["invalid", false, 1, { failures: "1", errors: "0", tests: "1" }],
] as const)("its reports have a case for %s calls before a reset", async (_, isValid, exitCode, counts) => {
  const [junit, json] = ["r.xml", "r.json"].map((name) => join(temporaryFolder(), name));
  const code = `${fetching(isValid)}
    const reset = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
    await fetch(process.env.CONTACT_GROUPS_URL + "/__contract/reset", reset);`;
  const files = ["--junit", String(junit), "--json", String(json)];
  const ended = await runProcess(["serve", ...files, "--", ...nodeProgram(code)]);
  expect(ended.code).toBe(exitCode);
  expect(ended.stderr).not.toContain("0 calls");
  const [suites = ""] = /<testsuites [^>]*>/.exec(readFileSync(String(junit), "utf8")) ?? [];
  for (const [name, number] of Object.entries(counts)) expect(suites).toContain(` ${name}="${number}"`);
  expect(JSON.parse(readFileSync(String(json), "utf8"))).toMatchObject({ exitCode });
});
