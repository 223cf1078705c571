import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { realClock } from "@contact-groups/core/real-clock";
import { expect, test } from "vitest";
import type { ObservedCall } from "../../src/har/read.ts";
import { recordTo } from "../../src/record/folder.ts";
import { operationOf, requestOf } from "../calls.ts";
import { temporaryFolder } from "../coverage/folder.ts";
import { call, recorded, userSig } from "../coverage/recorded.ts";
import { runCommand, runProcess } from "../cli/run-command.ts";
import { targetOf } from "../send.ts";
import { harOf } from "./har.ts";

const get = requestOf("getContactGroup");
const page = operationOf("getContactGroup").responses[0]?.value;
const good = call("getContactGroup", get, page);
const bad = call("getContactGroup", { From_Account: "user_0001" }, page, { query: { random: "2" }, startedAt: 1 });
const other = { ...good, url: "https://shop.example/cart", method: "GET" };

function fileOf(...calls: ObservedCall[]): string {
  const file = join(temporaryFolder(), "calls.har");
  writeFileSync(file, JSON.stringify(harOf(calls)));
  return file;
}

test("exits with 0 when all calls are valid", async () => {
  const { code, stdout, stderr } = await runCommand(["check", fileOf(good, other)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^1 call, no violation\.\n1 other entry skipped: GET https:\/\/shop\.example\/cart\.\n$/);
});

test("exits with 1 for an invalid call, and reports the violation", async () => {
  const { code, stdout } = await runProcess(["check", fileOf(good, bad)]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/\/StartIndex is required/);
});

test("writes the violations as JSON, without the UserSig", async () => {
  const file = join(temporaryFolder(), "report.json");
  await runCommand(["check", fileOf(good, bad, other), "--json", file]);
  const json = readFileSync(file, "utf8");
  expect(JSON.parse(json)).toMatchObject({
    calls: 2,
    violations: [{ side: "request", call: 1, pointer: "/StartIndex" }],
    skipped: { "GET https://shop.example/cart": 1 },
  });
  expect(json).not.toContain(userSig);
});

test("ignores the rules of --ignore, and rejects an unknown rule", async () => {
  expect((await runCommand(["check", fileOf(good, bad), "--ignore", "schema"])).code).toBe(0);
  const { code, stderr } = await runCommand(["check", fileOf(good), "--ignore", "shcema"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/shcema/);
  expect((await runCommand(["check", "--ignore", "schema,call-rate", fileOf(good, bad)])).code).toBe(0);
});

test.each(["check", "coverage"] as const)("%s gives no verdict on a recording with broken lines", async (command) => {
  const folder = temporaryFolder();
  for (const exchange of await recorded([good])) recordTo(folder)(exchange);
  writeFileSync(join(folder, "cut.jsonl"), '{"startedAt":');
  const { code, stdout, stderr } = await runCommand([command, folder]);
  expect(code).toBe(4);
  expect(stdout + stderr).toContain(
    "1 call is not readable: a line of the recording is cut off, or of an earlier version.",
  );
});

test("gives no verdict when a response is missing", async () => {
  const lost = call("getContactGroup", get, page, { status: undefined, query: { random: "3" } });
  const { code, stdout } = await runCommand(["check", fileOf(good, lost)]);
  expect(code).toBe(4);
  expect(stdout).toContain("No verdict: 1 call is without a response of the provider.");
});

test("does not count a recording that is older than --max-age, because it is not of the last run", async () => {
  const folder = temporaryFolder();
  for (const exchange of await recorded([good])) recordTo(folder)(exchange);
  const yesterday = realClock.now() / 1000 - 24 * 60 * 60;
  for (const file of readdirSync(folder)) utimesSync(join(folder, file), yesterday, yesterday);
  for (const command of ["check", "coverage"] as const) {
    const { code, stdout, stderr } = await runCommand([command, folder]);
    expect(code).toBe(3);
    expect(stdout + stderr).toMatch(/is 1440 minutes old, so it is not of the last run\. .*--max-age 1441/);
    expect((await runCommand([command, folder, "--max-age", "1441"])).code).toBe(0);
  }
});

const recording = (calls: string): readonly string[] => [
  process.execPath,
  "--input-type=module",
  "-e",
  `import { createContractFetch } from ${JSON.stringify(pathToFileURL(index).href)};
  const api = createContractFetch();
  const headers = { "Content-Type": "application/json" };
  ${calls}`,
];
const index = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
const goodCall = `await api.fetch(${JSON.stringify(targetOf("getContactGroup"))}, { method: "POST", headers, body: ${JSON.stringify(JSON.stringify(get))} });`;

test.each(["check", "coverage"] as const)("%s -- runs a program, and reads what it records", async (command) => {
  const run = (calls: string) => runProcess([command, "--", ...recording(calls)]);
  expect(await run(goodCall)).toMatchObject({ code: 0, stdout: "", stderr: expect.stringMatching(/^1 call,/) });
  expect(await run("")).toMatchObject({ code: 3, stderr: expect.stringMatching(/nothing to (?:validate|measure)/) });
  expect((await run(`${goodCall} process.exitCode = 5;`)).code).toBe(5);
  expect(await runProcess([command, "calls", "--", ...recording("")])).toMatchObject({
    code: 2,
    stderr: "Give either a path, or a program after -- that records its calls.\n",
  });
});

test("reads a HAR that begins with a byte order mark", async () => {
  const file = fileOf(good);
  writeFileSync(file, `\uFEFF${readFileSync(file, "utf8")}`);
  expect((await runCommand(["check", file])).code).toBe(0);
});

test("validates each file of a folder of recordings separately", async () => {
  const folder = temporaryFolder();
  // One after the other the two would have used a random number twice.
  for (const _ of [1, 2]) {
    const append = recordTo(folder);
    for (const exchange of await recorded([good])) append(exchange);
  }
  const { code, stdout } = await runCommand(["check", folder]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^2 calls, no violation/);
});

test.each([
  ["a file that is missing", () => join(temporaryFolder(), "none.har"), /cannot be read \(ENOENT\)/],
  [
    "what is not JSON",
    () => {
      const file = join(temporaryFolder(), "calls.har");
      writeFileSync(file, `{"usersig":"${userSig}`);
      return file;
    },
    /is not JSON/,
  ],
  [
    "what is not HAR",
    () => {
      const file = join(temporaryFolder(), "calls.har");
      writeFileSync(file, `{"log":{"entries":[{"startedDateTime":"${userSig}"}]}}`);
      return file;
    },
    /calls\.har: \/log\/entries\/0\/startedDateTime must be a date and a time/,
  ],
])("exits with 2 and one line for %s", async (_, file, message) => {
  const { code, stdout, stderr } = await runCommand(["check", file()]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).not.toContain(userSig.slice(0, 10));
});
