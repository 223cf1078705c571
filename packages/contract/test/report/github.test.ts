/** What a job of GitHub Actions gets: annotations in its log, and a step summary. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realClock } from "@contact-groups/core/real-clock";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Finding } from "../../src/report/finding.ts";
import { githubAnnotations } from "../../src/report/github.ts";
import { markdown } from "../../src/report/markdown.ts";
import { writeReports } from "../../src/report/write-reports.ts";
import { runCommand } from "../cli/run-command.ts";
import { sdkAppId, secretKey, strictEmulator, users } from "../verify/strict-emulator.ts";

const folder = mkdtempSync(join(tmpdir(), "contract-github-"));
const emulator = strictEmulator({ now: realClock.now, settings: { groupNameBytes: 64 } });
let url = "";
beforeAll(async () => {
  ({ url } = await emulator.listen());
  writeFileSync(join(folder, "users.txt"), users.join("\n"));
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const finding = (index: number, more: Partial<Finding> = {}): Finding => ({
  fingerprint: String(index),
  outcome: "failed",
  side: "request",
  rule: "schema",
  operations: ["searchContactGroup"],
  pointer: "",
  message: `Message ${index}.`,
  expectation: "",
  received: "",
  fix: "Fix it.",
  documents: [],
  basis: "documented",
  count: 1,
  scenarios: [],
  calls: [index],
  first: { call: index },
  ...more,
});

async function verified(environment: Readonly<Record<string, string>>): Promise<string> {
  const options = ["--secret-key-env", "APP_KEY", "--users-file", join(folder, "users.txt")];
  const target = ["--base-url", url, "--sdkappid", String(sdkAppId), "--identifier", "administrator"];
  const { stdout, code } = await runCommand(["verify", ...target, ...options, "--only", "group-name-over-32-bytes"], {
    environment: { APP_KEY: secretKey, ...environment },
  });
  expect(code).toBe(1);
  return stdout;
}

test("verify writes annotations and appends its summary to the file of the step", async () => {
  const summary = join(folder, "summary.md");
  writeFileSync(summary, "# Earlier step\n");
  const log = await verified({ GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary });
  expect(log).toMatch(
    /^::error title=Contract broken%3A error-code::\/ErrorCode must be 51011 .*%0Ascenario group-name-over-32-bytes.*%0AFix: Reject/m,
  );
  expect(log).toMatch(/^::notice title=Contract::1 finding\.$/m);
  expect(readFileSync(summary, "utf8")).toMatch(
    /^# Earlier step\n## Contract: verify\n\n\| Passed \| Failed \|.*\| 0 \| 1 \| 0 \| 0 \| 0 \|\n\n### Failed: \/ErrorCode must be 51011 /s,
  );
});

test("a run elsewhere writes no annotation", async () => {
  expect(await verified({})).not.toContain("::error");
});

test("a step summary that cannot be written does not change the exit code", async () => {
  // The exit code is expected inside.
  expect(await verified({ GITHUB_STEP_SUMMARY: join(folder, "nowhere", "summary.md") })).toContain("FAILED");
});

test("at most 10 errors are written, and the last line says how many there are", () => {
  const lines = githubAnnotations(Array.from({ length: 12 }, (_, index) => finding(index))).split("\n");
  expect(lines.filter((line) => line.startsWith("::error "))).toHaveLength(10);
  expect(lines.at(-2)).toBe("::notice title=Contract::12 findings. 2 more are in the log and in the step summary.");
  expect(githubAnnotations([])).toBe("");
});

test("what the baseline knows is no annotation, and the summary only counts it", () => {
  const known = finding(1, { state: "known" });
  expect(githubAnnotations([known])).toBe("");
  const run = { command: "check", startedAt: "", durationMs: 0, cases: [], judged: new Set(""), summary: "", data: {} };
  expect(markdown([known, finding(2, { state: "new" })], run)).toMatch(
    /^(?!.*Message 1).*Message 2.*Known by the baseline: 1\.\n$/s,
  );
});

test.each([
  ["%", "%25"],
  ["\r\n", "%0D%0A"],
  ["::error::x", "::error::x"],
])("the message %j of an annotation is written as %s", (message, escaped) => {
  expect(githubAnnotations([finding(0, { message })]).split("\n")[0]).toBe(
    `::error title=Contract broken%3A schema::${escaped}%0Acall 0, searchContactGroup%0AFix: Fix it.`,
  );
});

test("a title of an annotation cannot end early", () => {
  expect(githubAnnotations([finding(0, { rule: "a,b:c" })])).toMatch(/^::error title=Contract broken%3A a%2Cb%3Ac::/);
});

test("calls without a verdict are an error everywhere, not only in the exit code", () => {
  const files = { json: join(folder, "r.json"), sarif: join(folder, "r.sarif") };
  const summary = join(folder, "no-verdict.md");
  let log = "";
  const because = "A response is missing.";
  const title = "a verdict on all calls";
  const run = {
    command: "check",
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMs: 0,
    judged: new Set(""),
    data: {},
    cases: [{ suite: "check", id: "verdict", title, outcome: "notJudged", durationMs: 0, because, findings: [] }],
    summary: `${because}\n`,
  } as const;
  const environment = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
  const write = (text: string): void => void (log += text);
  expect(writeReports([], run, files, { write, writeError: write, environment })).toBe(4);
  expect(log).toMatch(
    /^A response is missing\.\n::error title=Not judged%3A not-judged::Could not be judged: A response is missing\.%0AFix: /,
  );
  expect(JSON.parse(readFileSync(files.json, "utf8"))).toMatchObject({
    exitCode: 4,
    findings: [{ outcome: "notJudged" }],
  });
  expect(JSON.parse(readFileSync(files.sarif, "utf8")).runs[0].invocations[0]).toMatchObject({
    executionSuccessful: false,
    exitCode: 4,
  });
  expect(readFileSync(summary, "utf8")).toContain("### Not judged: Could not be judged: A response is missing.");
});
