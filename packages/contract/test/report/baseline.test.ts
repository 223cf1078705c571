/** A baseline hides what is known, and nothing else. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { descriptionVersion } from "../../src/operations.ts";
import type { Baseline } from "../../src/report/baseline.ts";
import { findingsOfReport } from "../../src/report/from-verify.ts";
import { runOfReport } from "../../src/report/run.ts";
import { checkReportOptions, type ReportOptions, writeReports } from "../../src/report/write-reports.ts";
import type { VerifyReport } from "../../src/verify/scenario.ts";
import { secretKey } from "../verify/strict-emulator.ts";
import { codeAsText, createsFail, verifyBroken } from "./broken-provider.ts";

const folder = mkdtempSync(join(tmpdir(), "contract-baseline-"));
afterAll(() => rmSync(folder, { recursive: true }));
let number = 0;
let baseline = "";
beforeEach(() => (baseline = join(folder, `known-${number++}.json`)));

/** Few scenarios, so that a run takes little time. */
const only = ["created-group-is-found", "group-name-bytes", "request-checks"];
const runs = {
  right: verifyBroken(() => undefined, { only }),
  createsFail: verifyBroken(createsFail, { only }),
  oneCreateFails: verifyBroken(createsFail, { only: ["created-group-is-found", "request-checks"] }),
  codeAsText: verifyBroken(codeAsText, { only }),
  requestChecks: verifyBroken(() => undefined, { only: ["request-checks"] }),
};

/** Reports a run, and returns its exit code and its text. */
function reported(report: VerifyReport, options: ReportOptions = { baseline }): [code: number, text: string] {
  let text = "";
  const terminal = {
    write: (part: string) => void (text += part),
    writeError: (part: string) => void (text += part),
    environment: {},
  };
  checkReportOptions(options, "verify");
  return [writeReports(findingsOfReport(report), runOfReport(report), options, terminal), text];
}

const update = (report: VerifyReport): [code: number, text: string] =>
  reported(report, { baseline, updateBaseline: true });
const written = (): Baseline => JSON.parse(readFileSync(baseline, "utf8"));

test("known findings do not fail a run, and the text says how many there are", async () => {
  expect(reported(await runs.createsFail, {})[0]).toBe(1);
  expect(update(await runs.createsFail)).toEqual([0, expect.stringMatching(/The baseline .* has 1 finding now\./)]);
  const [code, text] = reported(await runs.createsFail);
  expect(code).toBe(0);
  expect(text).toMatch(
    /^1 known finding of the baseline, which does not count\. \d scenarios ended there, so their later steps were not checked\.$/m,
  );
  expect(text).not.toContain("FAILED");
});

test("a new finding next to known ones fails, and only it is shown", async () => {
  update(await runs.createsFail);
  const both = await verifyBroken(
    (response, requested) => {
      createsFail(response, requested);
      if (requested.command === "search") codeAsText(response);
    },
    { only },
  );
  const [code, text] = reported(both);
  expect(code).toBe(1);
  expect(text).toMatch(/^FAILED \/ErrorCode must be an integer, but is "\d+"\./m);
  expect(text).not.toContain("FAILED /ErrorCode must be 0 OK");
});

test("a known finding in one more scenario fails", async () => {
  update(await runs.oneCreateFails);
  const [code, text] = reported(await runs.createsFail);
  expect(code).toBe(1);
  expect(text).toMatch(/^A known finding is new in group-name-bytes: \/ErrorCode must be 0 OK/m);
});

test("a fault of form in one more operation fails", async () => {
  const broken = (...commands: readonly string[]): Promise<VerifyReport> =>
    verifyBroken((response, { command }) => void (commands.includes(command) && codeAsText(response)), { only });
  update(await broken("search"));
  expect(reported(await broken("search"))[0]).toBe(0);
  expect(reported(await broken("search", "get"))[0]).toBe(1);
});

test("a finding that no longer occurs is reported as resolved, and an update removes it", async () => {
  update(await runs.createsFail);
  const [code, text] = reported(await runs.right);
  expect(code).toBe(0);
  expect(text).toMatch(/^Resolved, remove it with --update-baseline: error-code of \/ErrorCode in /m);
  expect(text).toMatch(/^The baseline matches nothing that was found/m);
  update(await runs.right);
  expect(written().findings).toEqual([]);
});

test("a finding whose scenarios did not run is not resolved, and an update keeps it", async () => {
  update(await runs.createsFail);
  const before = written();
  expect(reported(await runs.requestChecks)[1]).toMatch(/^1 known finding could not be checked/m);
  update(await runs.requestChecks);
  expect(written()).toEqual(before);
});

describe("a baseline cannot make green", () => {
  test("what did not run", async () => {
    const report = await runs.right;
    const results = report.results.map((one, index) =>
      index === 0 ? ({ ...one, outcome: "notRun", because: "needs a chat group" } as const) : one,
    );
    expect(update({ ...report, results })[0]).toBe(3);
    expect(reported({ ...report, results })[0]).toBe(3);
  });

  test("what has no verdict", async () => {
    const report = await runs.right;
    const results = report.results.map((one) => ({ ...one, outcome: "error", because: "HTTP 502" }) as const);
    expect(update({ ...report, results })[0]).toBe(4);
    expect(reported({ ...report, results })[0]).toBe(4);
  });

  test("a run of nothing", async () => {
    const report = { ...(await runs.right), results: [] };
    expect(update(report)[0]).toBe(3);
    expect(reported(report)[0]).toBe(3);
  });
});

describe("the file", () => {
  test("is sorted, has no value of a request, and does not change when it is written again", async () => {
    update(await runs.codeAsText);
    const first = readFileSync(baseline, "utf8");
    update(await verifyBroken(codeAsText, { only, seed: 7 }));
    expect(readFileSync(baseline, "utf8")).toBe(first);
    const { command, description, findings } = written();
    expect([command, description]).toEqual(["verify", descriptionVersion]);
    const keys = findings.map(({ rule, pointer }) => `${rule} ${pointer}`);
    expect(keys).toEqual(keys.toSorted());
    expect(first).not.toMatch(/user_\d/);
    expect(first).not.toContain(secretKey);
    expect(first.length).toBeLessThan(3000);
  });

  test.each<[string, string, RegExp]>([
    ["is missing", "", /cannot be read \(ENOENT\)\. Create it with --update-baseline\.$/],
    ["is not JSON", "{", /is not a baseline\. Delete the file, then create it with --update-baseline\.$/],
    ["has no findings", "{}", /is not a baseline/],
    [
      "is of another command",
      JSON.stringify({ command: "check", description: "", findings: [] }),
      /belongs to the command check, but this is verify\. Use one file for each command\.$/,
    ],
  ])("that %s is rejected before the first call", (_, text, message) => {
    if (text !== "") writeFileSync(baseline, text);
    expect(() => checkReportOptions({ baseline }, "verify")).toThrow(message);
  });

  test("of another version of the description is said", async () => {
    update(await runs.createsFail);
    writeFileSync(baseline, JSON.stringify({ ...written(), description: "0.0.1" }));
    expect(reported(await runs.createsFail)).toEqual([
      0,
      expect.stringMatching(/^The baseline was written with version 0\.0\.1 of the description, but this is /m),
    ]);
  });

  test("is named by an update", () => {
    expect(() => checkReportOptions({ updateBaseline: true }, "verify")).toThrow(
      "--update-baseline needs the file to write: add --baseline <file>.",
    );
  });
});

test("SARIF and JUnit tell known findings from new ones", async () => {
  const files = { sarif: join(folder, "r.sarif"), junit: join(folder, "r.xml") };
  const states = (): string[] =>
    JSON.parse(readFileSync(files.sarif, "utf8")).runs[0].results.map(
      ({ baselineState }: { baselineState: string }) => baselineState,
    );
  update(await runs.oneCreateFails);
  reported(await runs.oneCreateFails, { baseline, ...files });
  expect(states()).toEqual(["unchanged"]);
  expect(readFileSync(files.junit, "utf8")).toMatch(/failures="0".*<skipped message="known: /s);
  reported(await runs.createsFail, { baseline, ...files });
  expect(states()).toEqual(["updated"]);
  reported(await runs.codeAsText, { baseline, ...files });
  expect(states()).toContain("new");
  reported(await runs.right, { baseline, ...files });
  expect(states()).toEqual(["absent"]);
});
