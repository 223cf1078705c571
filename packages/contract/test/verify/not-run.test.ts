/** What did not run is not verified: no run without it ends as if it had. */
import { describe, expect, test } from "vitest";
import { formatReport } from "../../src/report/format-report.ts";
import type { VerifyOptions } from "../../src/verify/verify-options.ts";
import { verify } from "../../src/verify/verify.ts";
import { strictEmulator, users, verifyOptions, withoutDeletion } from "./strict-emulator.ts";

test("a provider is verified three times with the same accounts, and fails when it forgets what it creates", async () => {
  const emulator = strictEmulator();
  const options = verifyOptions(emulator);
  const runs = [await verify(options), await verify(options)];
  for (const { totals, exitCode, results } of runs) {
    expect({ exitCode, passed: totals.passed }).toEqual({ exitCode: 0, passed: results.length });
  }
  // Creates in another emulator, so that the response is as it should be and nothing is kept.
  const forgetful: typeof globalThis.fetch = (input, init) =>
    (String(input).includes("create_contact_group") ? strictEmulator() : emulator).fetch(input as string, init);
  const { totals, exitCode } = await verify({ ...options, fetch: forgetful });
  expect(exitCode).toBe(1);
  expect(totals.failed).toBeGreaterThan(10);
  expect(totals).toMatchObject({ skipped: 0, notRun: 0 });
});

test("exits with 3 for too few accounts without groups, and reports how many are needed and free", async () => {
  const emulator = strictEmulator();
  const only = ["empty-group-is-named", "group-name-bytes", "created-group-is-found"];
  const options = { ...verifyOptions(emulator, withoutDeletion(emulator)), users: users.slice(0, only.length), only };
  expect((await verify(options)).exitCode).toBe(0);
  const again = await verify(options);
  expect(again.exitCode).toBe(3);
  expect(again.totals.notRun).toBeGreaterThan(0);
  expect(formatReport(again, "text")).toMatch(
    /NOT RUN Did not run: needs accounts without groups and marks: all scenarios together need \d+; of the \d+ given accounts, \d+ already have some, so \d+ are free\. \[not-run\]\n/,
  );
});

test("passes nothing and ends in time when every user has groups", async () => {
  const page = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", CompleteFlag: 1, GroupItem: [{ GroupName: "a" }] };
  const everybody: typeof globalThis.fetch = () => Promise.resolve(Response.json(page));
  const { users: _, ...options } = { ...verifyOptions(strictEmulator(), everybody), only: ["stateful"] };
  for (const given of [{ users: users.slice(0, 60) }, {}]) {
    const { totals, exitCode } = await verify({ ...options, ...given });
    expect(totals.passed).toBe(0);
    expect(exitCode).not.toBe(0);
  }
});

describe("a scenario that does not run", () => {
  const one = (more: Partial<VerifyOptions>): Promise<number> => {
    const { chatGroup: _, ...options } = verifyOptions(strictEmulator());
    return verify({ ...options, ...more }).then(({ exitCode }) => exitCode);
  };
  const gate = "request-check-path";

  test.each<[number, string, Partial<VerifyOptions>]>([
    [3, "lacks a chat group", { only: [gate, "chat-group-conversation"] }],
    [
      0,
      "lacks a chat group, which is allowed by name",
      { only: [gate, "chat-group-conversation"], allowSkipped: ["chat-group-conversation"] },
    ],
    [
      3,
      "lacks a chat group, while another group of scenarios is allowed",
      { only: [gate, "chat-group-conversation"], allowSkipped: ["request-checks"] },
    ],
    [
      0,
      "lacks a chat group, which is allowed for all",
      { only: [gate, "chat-group-conversation"], allowSkipped: true },
    ],
    [0, "writes, when the caller reads only", { only: [gate, "created-group-is-found"], readOnly: true }],
    [
      0,
      "is disputed, and documentedOnly is set",
      { only: ["created-group-is-found", "group-name-over-32-bytes"], documentedOnly: true },
    ],
    [0, "is a burst, when the caller wants none", { only: [gate, "call-rate"], burst: false }],
    [3, "is the only one, and is allowed", { only: ["chat-group-conversation"], allowSkipped: true }],
    [3, "is the only one, since the caller reads only", { only: ["created-group-is-found"], readOnly: true }],
  ])("makes the exit code %i when it %s", async (exitCode, _, more) => {
    expect(await one(more)).toBe(exitCode);
  });

  test("makes the exit code 3 when it is a burst against the service and burst is not set", async () => {
    const options = verifyOptions(strictEmulator());
    const service = { ...options, baseUrl: "https://adminapisgp.im.qcloud.com", only: [gate, "call-rate"] };
    expect((await verify({ ...service, yes: true })).exitCode).toBe(3);
    expect((await verify({ ...service, yes: true, burst: false })).exitCode).toBe(0);
  });

  test("differs in each report from one that was skipped on purpose", async () => {
    const { chatGroup: _, ...options } = verifyOptions(strictEmulator());
    const report = await verify({ ...options, only: [gate, "chat-group-conversation", "call-rate"], burst: false });
    expect(report).toMatchObject({ exitCode: 3, totals: { passed: 1, notRun: 1, skipped: 1 } });
    expect(formatReport(report, "text")).toMatch(
      /NOT RUN .*scenario chat-group-conversation\n.*SKIPPED call-rate: .*1 not run, 1 skipped\./s,
    );
    expect(formatReport(report, "junit")).toMatch(/<testsuites [^>]*tests="3" failures="0" errors="1"/);
    expect(formatReport(report, "junit")).toMatch(/<error message="needs `chatGroup`[^"]*" type="not run"\/>/);
    expect(formatReport(report, "junit")).toMatch(/<skipped message="[^"]*burst/);
    expect(JSON.parse(formatReport(report, "sarif"))).toMatchObject({
      runs: [
        {
          invocations: [
            {
              executionSuccessful: false,
              exitCode: 3,
              toolExecutionNotifications: [
                {
                  message: { text: expect.stringMatching(/^Did not run: /) },
                  associatedRule: { id: "not-run" },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test("cannot be allowed by a name that does not exist", async () => {
    await expect(one({ allowSkipped: ["chatgroup"] })).rejects.toThrow(
      /^`allowSkipped` must name scenarios or groups, .* but has "chatgroup"/,
    );
  });
});
