import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ObservedCall } from "../../src/har/read.ts";
import { recordTo } from "../../src/record/folder.ts";
import { operationOf, requestOf } from "../calls.ts";
import { temporaryFolder } from "../coverage/folder.ts";
import { call, recorded, userSig } from "../coverage/recorded.ts";
import { runCommand, runProcess } from "../cli/run-command.ts";
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
  expect(stdout).toMatch(
    /^1 call validated: 0 violations.*\n1 other entry skipped: GET https:\/\/shop\.example\/cart\.\n$/,
  );
});

test("exits with 1 for an invalid call, and reports the violation", async () => {
  const { code, stdout } = await runProcess(["check", fileOf(good, bad)]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^call 1 getContactGroup \[schema\]\n {2}\/StartIndex is required/);
});

test("writes the violations as JSON, without the UserSig", async () => {
  const { stdout } = await runCommand(["check", fileOf(good, bad, other), "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    calls: 2,
    violations: [{ side: "request", call: 1, pointer: "/StartIndex" }],
    skipped: { "GET https://shop.example/cart": 1 },
  });
  expect(stdout).not.toContain(userSig);
});

test("ignores the rules of --ignore, and rejects an unknown rule", async () => {
  expect((await runCommand(["check", fileOf(good, bad), "--ignore", "schema"])).code).toBe(0);
  const { code, stderr } = await runCommand(["check", fileOf(good), "--ignore", "shcema"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/shcema/);
  expect((await runCommand(["check", "--ignore", "schema,call-rate", fileOf(good, bad)])).code).toBe(0);
});

test("reports the number of broken lines, and a recording without a complete line", async () => {
  const folder = temporaryFolder();
  for (const exchange of await recorded([good])) recordTo(folder)(exchange);
  writeFileSync(join(folder, "cut.jsonl"), '{"startedAt":');
  const { code, stderr } = await runCommand(["check", folder]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: "1 line was skipped: cut off, or recorded by an earlier version. Record the calls again.\n",
  });
  const broken = temporaryFolder();
  writeFileSync(join(broken, "cut.jsonl"), '{"startedAt":');
  for (const command of ["check", "coverage"] as const) expect((await runCommand([command, broken])).code).toBe(2);
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
  expect(stdout).toMatch(/^2 calls validated: 0 violations/);
});

test.each([
  ["a file that is missing", () => join(temporaryFolder(), "none.har"), /cannot be read \(ENOENT\)/],
  ["a HAR without a call of this API", () => fileOf(other), /nothing to validate/],
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
