import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chatGroup, honestEmulator, markedUser, sdkAppId, secretKey, users } from "./honest-emulator.ts";

const runner = fileURLToPath(new URL("../cli/run-cli.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "contract-verify-"));
const honest = honestEmulator({ now: Date.now });
const broken = honestEmulator({ now: Date.now, settings: { groupNameBytes: 64 } });
let [honestUrl, brokenUrl] = ["", ""];

beforeAll(async () => {
  writeFileSync(join(folder, "users.txt"), users.join("\n"));
  [honestUrl, brokenUrl] = [(await honest.listen()).url, (await broken.listen()).url];
});
afterAll(async () => {
  await Promise.all([honest.close(), broken.close()]);
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function runCommand(baseUrl: string, ...more: readonly string[]): Promise<Ended> {
  const required = ["--base-url", baseUrl, "--sdkappid", String(sdkAppId), "--identifier", "administrator"];
  const env = { ...process.env, APP_KEY: secretKey, ANY_USERSIG: "any-text-that-is-no-usersig" };
  return new Promise((resolve) => {
    execFile(process.execPath, [runner, "verify", ...required, ...more], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });
}

const withKey = [
  "--secret-key-env",
  "APP_KEY",
  "--users-file",
  join(folder, "users.txt"),
  "--chat-group",
  chatGroup,
  "--marked-user",
  markedUser,
];

test("a provider that keeps the contract ends with 0, and the plan comes before the result", async () => {
  const { code, stdout, stderr } = await runCommand(
    honestUrl,
    ...withKey,
    "--only",
    "gate,chat-group-conversation",
    "--seed",
    "7",
  );
  expect(stderr).toMatch(/15 of 15\n$/);
  expect(stdout).toMatch(
    /^Verifying http:\/\/127\.0\.0\.1:\d+\n.*15 scenarios, \d+ calls at least, which at 160 a second take \d\.\d s\n.*groups are written to 1 user: user_0;/s,
  );
  expect(stdout).toMatch(/15 passed, 0 failed, 0 unclear, 0 not run, 0 skipped\. .* Seed 7\.\n$/);
  expect(code).toBe(0);
});

test("a provider that breaks it ends with 1, and every report is written without a secret", async () => {
  const file = (name: string): string => join(folder, name);
  const reports = ["--json", file("r.json"), "--junit", file("r.xml"), "--sarif", file("r.sarif")];
  const { code, stdout, stderr } = await runCommand(
    brokenUrl,
    ...withKey,
    "--only",
    "group-name-over-32-bytes",
    ...reports,
  );
  expect(code).toBe(1);
  expect(stderr).toContain("failed group-name-over-32-bytes\n");
  expect(stdout).toMatch(/FAILED group-name-over-32-bytes: .* \(documents disagree about this\)/);
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

test.each<[string, string[], RegExp]>([
  ["no credential", [], /^Give one of --usersig-env, --secret-key-env and --usersig\.\n$/],
  [
    "an environment variable that is not set",
    ["--secret-key-env", "NO_KEY"],
    /^--secret-key-env: the environment variable NO_KEY is not set\.\n$/,
  ],
  ["a seed that is none", ["--seed", "x"], /'--seed <number>' argument 'x' is invalid\. It must be an integer\./],
  ["a UserSig that is refused", ["--usersig-env", "ANY_USERSIG"], /does not let the caller in: \d+ UserSigIllegal/],
  [
    "made-up users for a provider that knows imported ones only",
    ["--secret-key-env", "APP_KEY"],
    /knows only users that were imported/,
  ],
  [
    "a file of users that is not there",
    ["--secret-key-env", "APP_KEY", "--users-file", "/nowhere"],
    /^--users-file \/nowhere cannot be read \(ENOENT\)\.\n$/,
  ],
  [
    "a report that cannot be written, before any call,",
    ["--secret-key-env", "APP_KEY", "--junit", "/nowhere/verify.xml"],
    /^--junit \/nowhere\/verify\.xml cannot be written \(ENOENT\)\./,
  ],
  [
    "a UserSig beside a variable that names another",
    ["--usersig", "any-text-that-is-no-usersig", "--usersig-env", "USERSIG"],
    /^Give one of --usersig-env, --secret-key-env and --usersig\.\n$/,
  ],
])("%s ends with 2 and one clear line", async (_, options, message) => {
  const { code, stderr } = await runCommand(honestUrl, ...options);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stderr).not.toContain("any-text-that-is-no-usersig");
  expect(code).toBe(2);
});

test("a dry run prints the plan and makes no call", async () => {
  const calls = honest.calls.length;
  const { code, stdout } = await runCommand(honestUrl, ...withKey, "--dry-run");
  expect(stdout).toMatch(/accounts without groups: \d+ are needed, \d+ accounts were given/);
  expect(code).toBe(0);
  expect(honest.calls).toHaveLength(calls);
});

test("a host of the service is not written to without --yes", async () => {
  const { code, stderr } = await runCommand("https://console.tim.qq.com", ...withKey);
  expect(stderr).toMatch(/service's own \(china\)/);
  expect(code).toBe(2);
});
