/** No check passes when nothing happened. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createContractFetch } from "../../src/index.ts";
import { toHaveReceivedValidRequests } from "../../src/matchers.ts";
import { verify } from "../../src/verify/verify.ts";
import { runCommand } from "../cli/run-command.ts";
import { strictEmulator, verifyOptions } from "../verify/strict-emulator.ts";

const folder = mkdtempSync(join(tmpdir(), "contract-nothing-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const folderOf = (name: string, lines: string): string => {
  mkdirSync(join(folder, name));
  file(join(name, "1.jsonl"), lines);
  return join(folder, name);
};
const har = (entries: readonly object[]): string => JSON.stringify({ log: { entries } });
const elsewhere = {
  startedDateTime: "2026-01-01T00:00:00Z",
  request: { method: "GET", url: "https://shop.example/cart" },
  response: { status: 200 },
};
const incomplete = JSON.stringify({
  startedAt: 1,
  request: { headers: {} },
  response: { faults: [], headers: {}, violations: [] },
  operation: "getContactGroup",
  violations: [],
});

const provider = [
  "--base-url",
  "http://127.0.0.1:9",
  "--sdkappid",
  "1400000000",
  "--identifier",
  "administrator",
  "--usersig",
  "x",
];

describe("on the command line", () => {
  test.each<[string, number, readonly string[], RegExp]>([
    ["check of a HAR without entries", 3, ["check", file("empty.har", har([]))], /nothing to validate/],
    ["check of a HAR of other calls", 3, ["check", file("other.har", har([elsewhere]))], /nothing to validate/],
    ["check of a folder without a recording", 3, ["check", folder], /nothing to validate/],
    ["check of an empty recording", 3, ["check", folderOf("check", "")], /nothing to validate/],
    ["coverage of a folder without a recording", 3, ["coverage", folder], /nothing to measure/],
    ["coverage of an empty recording", 3, ["coverage", folderOf("coverage", "")], /nothing to measure/],
    ["coverage of calls without a response", 3, ["coverage", folderOf("unanswered", incomplete)], /nothing to measure/],
    [
      "verify of a scenario that does not exist",
      2,
      ["verify", ...provider, "--only", "created-group-is-fond"],
      /--only must name scenarios or groups, .* but has "created-group-is-fond"/,
    ],
    ["verify of no scenario", 2, ["verify", ...provider, "--only", ","], /At least one name is required/],
    [
      "verify of zero random bodies",
      2,
      ["verify", ...provider, "--only", "random", "--runs", "0"],
      /--only must name scenarios or groups, .* but has "random"/,
    ],
    ["verify of a provider that is not there", 2, ["verify", ...provider], /does not respond/],
  ])("%s exits with %i", async (_, code, args, message) => {
    const ended = await runCommand(args);
    expect(ended.stdout + ended.stderr).toMatch(message);
    expect(ended.code).toBe(code);
  });
});

describe("in a program", () => {
  test("assertValid throws without a call, since the last reset or the start", () => {
    const api = createContractFetch();
    expect(() => api.assertValid()).toThrow("No call was recorded");
    expect(() => api.assertValid({ sinceStart: true })).toThrow("No call was recorded");
  });

  test("the matcher throws without a call, for `not` as well", () => {
    expect(() => toHaveReceivedValidRequests(createContractFetch())).toThrow("No call was recorded");
  });

  test("the control path reports a recording without calls as not valid", async () => {
    const response = await createContractFetch().fetch("/__contract/violations");
    expect(await response.json()).toMatchObject({ valid: false, calls: 0 });
  });

  test("verify has exit code 3 when everything that was selected is skipped", async () => {
    const options = { ...verifyOptions(strictEmulator()), only: ["created-group-is-found"], readOnly: true };
    expect(await verify(options)).toMatchObject({ exitCode: 3, totals: { passed: 0, skipped: 1 } });
  });
});
