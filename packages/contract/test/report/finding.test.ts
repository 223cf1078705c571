/** Findings are causes, not occurrences. */
import { describe, expect, test } from "vitest";
import { createContractFetch } from "../../src/contract-fetch.ts";
import { judge } from "../../src/judge/judge.ts";
import { report as textOf, type Violation } from "../../src/judge/violation.ts";
import { type Finding, findingsOfViolations } from "../../src/report/finding.ts";
import { formatReport } from "../../src/report/format-report.ts";
import { findingsOfReport } from "../../src/report/from-verify.ts";
import { findingsText } from "../../src/report/text.ts";
import { operations } from "../../src/operations.ts";
import type { Json } from "../mutations/mutation.ts";
import { createsFail, codeAsText, verifyBroken } from "./broken-provider.ts";

const search = operations.find(({ operationId }) => operationId === "searchContactGroup");

/** Calls an operation with these bodies, and judges the calls. */
async function judged(...bodies: readonly object[]): Promise<readonly Violation[]> {
  const api = createContractFetch();
  for (const [random, body] of bodies.entries()) {
    const query = `sdkappid=1400000000&identifier=administrator&usersig=any-text&random=${random}&contenttype=json`;
    await api.fetch(`http://api.test${search?.path}?${query}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  }
  return judge(api.exchanges);
}

describe("a field that every response has wrong", () => {
  const report = verifyBroken(codeAsText);
  const ofCode = async (): Promise<Finding | undefined> =>
    findingsOfReport(await report).find(({ pointer }) => pointer === "/ErrorCode");

  test("is one finding with its number of scenarios and all operations", async () => {
    const finding = await ofCode();
    expect(finding?.count).toBeGreaterThan(300);
    expect(finding?.scenarios).toHaveLength(finding?.count ?? 0);
    expect(finding?.operations.toSorted()).toEqual(operations.map(({ operationId }) => operationId).toSorted());
  });

  test("is described in one sentence, with the received value as JSON and the fix of this field", async () => {
    expect(await ofCode()).toMatchObject({
      message: '/ErrorCode must be an integer, but is "0".',
      received: '"0"',
      fix: "Change /ErrorCode: it must be an integer.",
      side: "response",
      basis: "documented",
    });
  });

  test("takes a screen of text, not one paragraph for each scenario", async () => {
    expect(formatReport(await report, "text").split("\n").length).toBeLessThan(40);
    expect(formatReport(await report, "github").split("\n").length).toBeLessThan(12);
  });

  test("has the same fingerprint in a run with other random bodies", async () => {
    const again = findingsOfReport(await verifyBroken(codeAsText, { seed: 2, runs: 3 }));
    expect(again.map(({ fingerprint }) => fingerprint)).toContain((await ofCode())?.fingerprint);
  });
});

test("a field that every failure lacks is one finding, which says to send it", async () => {
  const withoutCode = (response: Json): void => {
    if (response.ErrorCode !== 0) delete response.ErrorCode;
  };
  const [finding, ...others] = findingsOfReport(
    await verifyBroken(withoutCode, { only: ["request-checks", "invalid"] }),
  );
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    message: "/ErrorCode is required, but is missing.",
    fix: "Send /ErrorCode in every such response.",
    received: "nothing",
  });
  expect(finding?.scenarios.length).toBeGreaterThan(10);
});

test("one code in place of another is one finding, however many scenarios expect it", async () => {
  const findings = findingsOfReport(await verifyBroken(createsFail));
  expect(findings.length).toBeLessThan(10);
  const [most] = findings;
  expect(most).toMatchObject({ rule: "error-code", pointer: "/ErrorCode", fix: "Accept this request." });
  expect(most?.message).toMatch(/^\/ErrorCode must be 0 OK, but is 51010 \w+ "full"\.$/);
  expect(most?.scenarios.length).toBeGreaterThan(10);
});

test("the same mistake in each item of a list is one finding, and its pointer has no index", async () => {
  const items = Array.from({ length: 40 }, (_, index) => ({ Type: "1", To_Account: `user_${index}` }));
  const found = findingsOfViolations(await judged({ From_Account: "user_0001", ContactItem: items }));
  expect(found.filter(({ rule }) => rule === "schema")).toMatchObject([
    { count: 40, pointer: "/ContactItem/*/Type", calls: [0], first: { call: 0 }, received: '"1"', side: "request" },
  ]);
});

test("a mistake keeps its fingerprint at another index, in another call and with another value", async () => {
  const good = { Type: 1, To_Account: "user_1" };
  const [one] = findingsOfViolations(await judged({ From_Account: "a", ContactItem: [{ Type: 5, To_Account: "b" }] }));
  const [other] = findingsOfViolations(
    await judged(
      { From_Account: "a", ContactItem: [good] },
      { From_Account: "c", ContactItem: [good, { ...good, Type: 77 }] },
    ),
  );
  expect(other?.first.call).toBe(1);
  expect(other?.fingerprint).toBe(one?.fingerprint);
});

test("different mistakes have different fingerprints", async () => {
  const violation = (more: Partial<Violation>): Violation => ({
    side: "request",
    rule: "schema",
    call: 0,
    operation: "searchContactGroup",
    in: "body",
    pointer: "/ContactItem",
    message: "/ContactItem must be an array, but is null",
    fix: "",
    docs: "",
    ...more,
  });
  const found = findingsOfViolations([
    violation({}),
    violation({ side: "response" }),
    violation({ rule: "id-by-type" }),
    violation({ in: "query" }),
    violation({ pointer: "/Other" }),
    violation({ message: "/ContactItem is required, but is missing" }),
  ]);
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(6);
});

test("a text for a terminal has no line feed and no control character of a field name", () => {
  const name = "a\n::stop-commands::x\u001B[2J";
  const violation: Violation = {
    side: "response",
    rule: "duplicate-key",
    call: 0,
    operation: "getContactGroup",
    in: "body",
    pointer: `/${name}`,
    message: `/${name} must be given once, but is given more often`,
    fix: "Write it once.",
    docs: "https://example.com",
  };
  const texts = [findingsText(findingsOfViolations([violation])), textOf([violation], 1)];
  for (const text of texts) {
    expect(text).toContain(String.raw`/a\u000a::stop-commands::x\u001b[2J must be given once`);
    expect(text).not.toMatch(/^::/m);
    expect(text).not.toContain("\u001B");
  }
});
