/** A provider is judged by what one consumer needs. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@contact-groups/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createContractFetch } from "../../src/contract-fetch.ts";
import { codeOf } from "../code-of.ts";
import type { Exchange } from "../../src/record/exchange.ts";
import { recordTo } from "../../src/record/folder.ts";
import { useOf } from "../../src/report/consumer-use.ts";
import { formatReport } from "../../src/report/format-report.ts";
import { findingsOfReport } from "../../src/report/from-verify.ts";
import type { VerifyReport } from "../../src/verify/scenario.ts";
import { VerifyError, type VerifyOptions } from "../../src/verify/verify-options.ts";
import { verify } from "../../src/verify/verify.ts";
import { type Ended, runCommand } from "../cli/run-command.ts";
import type { Json, ReceivedRequest } from "../mutations/mutation.ts";
import { sdkAppId, secretKey, strictEmulator, users, verifyOptions } from "../verify/strict-emulator.ts";
import { verifyBroken } from "./broken-provider.ts";

/** A consumer that reads all pages of a user's groups, and shows an error for a user who was not imported. It never writes. */
async function record(): Promise<readonly Exchange[]> {
  const api = createContractFetch();
  const client = createClient({
    baseUrl: "http://api.test",
    sdkAppId,
    identifier: "administrator",
    userSig: "any-text",
    fetch: api.fetch,
  });
  api.plan("get_contact_group", [{ example: "FirstOfTwoPages" }, { example: "LastOfTwoPages" }]);
  const first = await client.getContactGroup({ From_Account: "user_0001", StartIndex: 0 });
  await client.getContactGroup({ From_Account: "user_0001", StartIndex: first.NextStartIndex ?? 1 });
  api.plan("get_contact_group", { error: "UserNotImported" });
  await client.getContactGroup({ From_Account: "user_0002", StartIndex: 0 }).catch(() => undefined);
  return api.exchanges;
}

let consumer: readonly Exchange[] = [];
beforeAll(async () => {
  consumer = await record();
});

function verified(
  edit: (response: Json, requested: ReceivedRequest) => void,
  more: Partial<VerifyOptions> = {},
): Promise<VerifyReport> {
  return verifyBroken(edit, { consumer, runs: 3, only: ["valid", "invalid", "stateful", "random"], ...more });
}

/** What is needed, and what is not used: message and reason. */
function divided(report: VerifyReport): { needed: [string, string][]; unused: string[] } {
  const findings = findingsOfReport(report);
  return {
    needed: findings.flatMap(({ message, need }): [string, string][] =>
      need?.isNeeded ? [[message, need.reason]] : [],
    ),
    unused: findings.flatMap(({ message, need }) => (need?.isNeeded ? [] : [message])),
  };
}

test("a right provider passes, and the summary counts what the consumer needs", async () => {
  const report = await verified(() => undefined);
  expect(report.exitCode).toBe(0);
  expect(formatReport(report, "text")).toMatch(
    /^Needed by the consumer: \d+ passed, 0 failed, 0 not judged, 0 not run, 0 skipped\. Not used by it: \d+ scenarios\.$/m,
  );
});

test("a field that the consumer receives is needed, with the call that received it", async () => {
  const report = await verified((response, { command }) => {
    if (command === "get" && response.ErrorCode === 0) response.CompleteFlag = "1";
  });
  expect(report.exitCode).toBe(1);
  expect(divided(report).needed).toContainEqual([
    '/CompleteFlag must be an integer, but is "1".',
    "it receives /CompleteFlag (call 0)",
  ]);
  expect(formatReport(report, "text")).toMatch(/^ {2}needed {2}your consumer needs this: it receives \/CompleteFlag/m);
});

test("what only other operations have wrong is a warning, and the exit code is 0", async () => {
  const report = await verified((response, { command }) => {
    if (command === "create" || command === "mark") response.ErrorCode = String(response.ErrorCode);
  });
  expect(divided(report)).toEqual({
    needed: [],
    unused: expect.arrayContaining([expect.stringMatching(/ErrorCode must be an integer/)]),
  });
  expect(report.exitCode).toBe(0);
  expect(formatReport(report, "text")).toMatch(/^WARNING, not used by this consumer: \/ErrorCode must be an integer/m);
  expect(formatReport(report, "github")).toMatch(/^::warning title=Not used by this consumer%3A type::/m);
  expect(formatReport(report, "github")).not.toContain("::error");
  expect(formatReport(report, "junit")).toMatch(/<testsuites [^>]*failures="0"/);
});

test("an error code is needed when the consumer handles it, and not used when it never received it", async () => {
  const other = (name: string): Promise<VerifyReport> =>
    verified((response, { command }) => {
      if (command === "get" && response.ErrorCode === codeOf(name)) response.ErrorCode = codeOf("InternalFailure");
    });
  const handled = await other("UserNotImported");
  expect(handled.exitCode).toBe(1);
  expect(divided(handled).needed.map(([, reason]) => reason)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^it handles \d+ UserNotImported \(call 2\)$/)]),
  );
  const unknown = await other("InvalidRequestParameter");
  expect(divided(unknown)).toEqual({
    needed: [],
    unused: expect.arrayContaining([expect.stringMatching(/InvalidRequestParameter/)]),
  });
  expect(unknown.exitCode).toBe(0);
});

test("a later page is needed only by a consumer that reads it", async () => {
  const broken = (response: Json, { command, body }: ReceivedRequest): void => {
    if (command === "get" && body?.StartIndex > 0 && response.ErrorCode === 0)
      Object.assign(response, { ActionStatus: "FAIL", ErrorCode: codeOf("InternalFailure"), ErrorInfo: "no page" });
  };
  const both = await verified(broken);
  expect(both.exitCode).toBe(1);
  expect(divided(both).needed.map(([, reason]) => reason)).toContain("it sends /StartIndex of a later page (call 1)");
  const firstOnly = await verified(broken, { consumer: consumer.slice(0, 1) });
  expect(divided(firstOnly).needed).toEqual([]);
  expect(firstOnly.exitCode).toBe(0);
});

test("a longer list than the consumer sends is not used by it", async () => {
  const api = createContractFetch();
  const client = createClient({
    baseUrl: "http://api.test",
    sdkAppId,
    identifier: "administrator",
    userSig: "a",
    fetch: api.fetch,
  });
  const items = (count: number): { Type: 1; To_Account: string }[] =>
    Array.from({ length: count }, (_, index) => ({ Type: 1, To_Account: `user_${index}` }));
  await client.searchContactGroup({ From_Account: "user_0001", ContactItem: items(3) });
  const use = useOf(api.exchanges);
  const reason = (count: number): string | undefined =>
    use.ofRequest("searchContactGroup", { From_Account: "a", ContactItem: items(count) });
  expect(reason(3)).toBe("it sends 3 items in /ContactItem (call 0)");
  expect(reason(4)).toBeUndefined();
  expect(
    use.ofRequest("searchContactGroup", { From_Account: "a", ContactItem: [{ Type: 2, ToGroupId: "g" }] }),
  ).toBeUndefined();
  expect(use.ofRequest("createContactGroup", { From_Account: "a" })).toBeUndefined();
});

test("a request that breaks a rule shows nothing of what the consumer needs", () => {
  const [exchange] = consumer;
  const wrong = {
    ...exchange,
    violations: [{ rule: "type", in: "body", pointer: "", code: 1, message: "" }],
  } as Exchange;
  expect(useOf([wrong]).ofRequest("getContactGroup", { From_Account: "a", StartIndex: 0 })).toBeUndefined();
});

test("exits with 3 when a needed scenario did not run, and with 0 when only others did not", async () => {
  const { chatGroup: _, ...options } = verifyOptions(strictEmulator());
  const one = (more: Partial<VerifyOptions>): Promise<VerifyReport> =>
    verify({ ...options, consumer, runs: 0, ...more });
  expect((await one({ only: ["request-check-path", "chat-group-conversation"] })).exitCode).toBe(0);
  const few = await one({ only: ["valid", "stateful"], users: users.slice(0, 3) });
  expect(few.exitCode).toBe(3);
  expect(findingsOfReport(few)).toContainEqual(
    expect.objectContaining({
      outcome: "notRun",
      need: { isNeeded: true, reason: "it calls getContactGroup (call 0)" },
    }),
  );
});

test("exits with 3 when nothing that the consumer needs was verified", async () => {
  const others = consumer.map((exchange) => ({ ...exchange, operation: "deleteNothing" }));
  const options = { ...verifyOptions(strictEmulator()), runs: 0, only: ["request-checks"] };
  expect((await verify({ ...options, consumer: others })).exitCode).toBe(3);
});

test("a recording without a call of an operation is rejected", async () => {
  await expect(verify({ ...verifyOptions(strictEmulator()), consumer: [] })).rejects.toThrow(VerifyError);
});

test("the command reads a folder of recordings", async () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-consumer-"));
  const emulator = strictEmulator({ now: undefined });
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });
  const append = recordTo(join(folder, "recordings"));
  for (const exchange of consumer) append(exchange);
  writeFileSync(join(folder, "users.txt"), users.join("\n"));
  const { url } = await emulator.listen();
  const target = ["--base-url", url, "--sdkappid", String(sdkAppId), "--identifier", "administrator"];
  const options = ["--secret-key-env", "KEY", "--users-file", join(folder, "users.txt"), "--only", "request-checks"];
  const run = (): Promise<Ended> =>
    runCommand(["verify", ...target, ...options, "--consumer", join(folder, "recordings")], {
      environment: { KEY: secretKey },
    });
  const { code, stdout, stderr } = await run();
  expect(stderr).toMatch(/of \d+\n$/);
  expect(stdout).toMatch(/^Needed by the consumer: \d+ passed, 0 failed/m);
  expect(code).toBe(0);
  writeFileSync(join(folder, "recordings", "cut.jsonl"), "{");
  expect(await run()).toMatchObject({ code: 2, stderr: expect.stringMatching(/has 1 line that cannot be read/) });
});
