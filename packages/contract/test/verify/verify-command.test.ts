import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ended, runCommand, runProcess } from "../cli/run-command.ts";
import { chatGroup, strictEmulator, sdkAppId, secretKey, users } from "./strict-emulator.ts";

const folder = mkdtempSync(join(tmpdir(), "contract-verify-"));
const strict = strictEmulator({ now: Date.now });
const broken = strictEmulator({ now: Date.now, settings: { groupNameBytes: 64 } });
let [strictUrl, brokenUrl] = ["", ""];

beforeAll(async () => {
  writeFileSync(join(folder, "users.txt"), users.join("\n"));
  [strictUrl, brokenUrl] = [(await strict.listen()).url, (await broken.listen()).url];
});
afterAll(async () => {
  await Promise.all([strict.close(), broken.close()]);
  rmSync(folder, { recursive: true });
});

const environment = { APP_KEY: secretKey, ANY_USERSIG: "any-text-that-is-no-usersig" };

function argumentsOf(baseUrl: string, ...more: readonly string[]): string[] {
  return ["verify", "--base-url", baseUrl, "--sdkappid", String(sdkAppId), "--identifier", "administrator", ...more];
}

function runVerify(baseUrl: string, ...more: readonly string[]): Promise<Ended> {
  return runCommand(argumentsOf(baseUrl, ...more), { environment });
}

const withKey = ["--secret-key-env", "APP_KEY", "--users-file", join(folder, "users.txt"), "--chat-group", chatGroup];

test("exits with 0 for a provider that keeps the contract, and prints the plan before the result", async () => {
  const { code, stdout, stderr } = await runVerify(
    strictUrl,
    ...withKey,
    "--only",
    "request-checks,chat-group-conversation",
    "--seed",
    "7",
  );
  expect(stderr).toMatch(/19 of 19\n$/);
  expect(stdout).toMatch(
    /^Verifying http:\/\/127\.0\.0\.1:\d+\n.*19 scenarios, at least \d+ calls, which take \d\.\d s at no more than 160 in any second\n.*groups are written to 2 users: user_0, user_1;/s,
  );
  expect(stdout).toMatch(/19 passed, 0 failed, 0 not judged, 0 not run, 0 skipped\. .* Seed 7\.\n$/);
  expect(code).toBe(0);
});

test("exits with 1 for a provider that breaks the contract, and writes every report without a secret", async () => {
  const file = (name: string): string => join(folder, name);
  const reports = ["--json", file("r.json"), "--junit", file("r.xml"), "--sarif", file("r.sarif")];
  const { code, stdout, stderr } = await runProcess(
    argumentsOf(brokenUrl, ...withKey, "--only", "group-name-over-32-bytes", ...reports),
    environment,
  );
  expect(code).toBe(1);
  expect(stderr).toContain("failed group-name-over-32-bytes\n");
  expect(stdout).toMatch(
    /FAILED \/ErrorCode must be 51011 .*, but is 0 OK\. .*scenario group-name-over-32-bytes.*documents disagree about this/s,
  );
  expect(JSON.parse(readFileSync(file("r.json"), "utf8"))).toMatchObject({ totals: { failed: 1 } });
  expect(JSON.parse(readFileSync(file("r.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
  expect(readFileSync(file("r.xml"), "utf8")).toMatch(/^<\?xml/);
  const everything = [
    stdout,
    stderr,
    ...["r.json", "r.xml", "r.sarif"].map((name) => readFileSync(file(name), "utf8")),
  ];
  expect(everything.filter((text) => text.includes(secretKey))).toEqual([]);
});

test("reports at most 10 of the scenarios that one cause fails while they run, and the cause once", async () => {
  const server = createServer((_, response) => {
    const { ActionStatus, ErrorInfo } = { ActionStatus: "OK", ErrorInfo: "" };
    response.end(JSON.stringify({ ActionStatus, ErrorInfo, ErrorCode: 0, GroupItem: [], ContactItem: [] }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { code, stdout, stderr } = await runVerify(`http://127.0.0.1:${port}`, ...withKey, "--only", "rule");
  await new Promise((resolve) => server.close(resolve));
  expect(code).toBe(1);
  expect(stderr.match(/^failed rule\/\S+$/gm)).toHaveLength(10);
  expect(stderr.split("\n").length).toBeLessThanOrEqual(22);
  expect(stdout).toMatch(/\d{3} failed/);
}, 240_000);

test.each<[string, string[], RegExp]>([
  [
    "no credential",
    [],
    /^Exactly one of --usersig-env, --secret-key-env, --usersig and --gateway-signs is required, but 0 are given\.\n$/,
  ],
  [
    "an environment variable that is not set",
    ["--secret-key-env", "NO_KEY"],
    /^--secret-key-env: the environment variable NO_KEY is not set\.\n$/,
  ],
  [
    "a seed that is not an integer",
    ["--seed", "x"],
    /'--seed <number>' argument 'x' is invalid\. It must be an integer from -2147483648 to 2147483647\./,
  ],
  ["a UserSig that is rejected", ["--usersig-env", "ANY_USERSIG"], /rejects the credentials: \d+ UserSigIllegal/],
  [
    "generated users for a provider that accepts only imported ones",
    ["--secret-key-env", "APP_KEY"],
    /accepts only imported users/,
  ],
  [
    "a file of users that is not there",
    ["--secret-key-env", "APP_KEY", "--users-file", "/nowhere"],
    /^--users-file \/nowhere cannot be read \(ENOENT\)\. Give a file with one UserID per line\.\n$/,
  ],
  [
    "a report that cannot be written, before any call,",
    ["--secret-key-env", "APP_KEY", "--junit", "/nowhere/verify.xml"],
    /^--junit \/nowhere\/verify\.xml cannot be written \(ENOENT\)\./,
  ],
  [
    "a UserSig and a variable that names another",
    ["--usersig", "any-text-that-is-no-usersig", "--usersig-env", "USERSIG"],
    /^Exactly one of --usersig-env, --secret-key-env, --usersig and --gateway-signs is required, but 2 are given\.\n$/,
  ],
])("%s exits with 2 and one clear line", async (_, options, message) => {
  const { code, stderr } = await runVerify(strictUrl, ...options);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stderr).not.toContain("any-text-that-is-no-usersig");
  expect(code).toBe(2);
});

test("a dry run prints the plan and sends no request", async () => {
  const calls = strict.calls.length;
  const { code, stdout } = await runVerify(strictUrl, ...withKey, "--dry-run");
  expect(stdout).toMatch(/accounts without groups: needed \d+, given \d+/);
  expect(code).toBe(0);
  expect(strict.calls).toHaveLength(calls);
});

test("a host of the service is not written to without --yes", async () => {
  const { code, stderr } = await runVerify("https://console.tim.qq.com", ...withKey);
  expect(stderr).toMatch(/service's own host \(china\).*Set --yes /);
  expect(code).toBe(2);
});
