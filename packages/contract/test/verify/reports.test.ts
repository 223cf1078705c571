import { XMLParser, XMLValidator } from "fast-xml-parser";
import { beforeAll, describe, expect, test } from "vitest";
import { junitXml } from "../../src/report/junit.ts";
import { sarifLog } from "../../src/report/sarif.ts";
import { planText, reportText } from "../../src/report/text.ts";
import type { VerifyReport } from "../../src/verify/scenario.ts";
import { verify } from "../../src/verify/verify.ts";
import { changing, type Json } from "../mutations/mutation.ts";
import { strictEmulator, secretKey, verifyOptions } from "./strict-emulator.ts";

/** UserSigs that were sent. */
const sent = new Set<string>();
let report: VerifyReport;
beforeAll(async () => {
  const emulator = strictEmulator();
  // Repeats the UserSig, and writes what XML cannot hold.
  const wrap = changing((response, { query }) => {
    sent.add(query.get("usersig") ?? "");
    if (response.ErrorCode !== 0)
      response.ErrorInfo = `<a href="x">&'\u0000\uD800 ${query.get("usersig")} ${secretKey}`;
    if (response.ErrorCode !== 0) response.ErrorCode += 1;
  });
  const broken = wrap?.((request) => emulator.fetch(request));
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (request.url.includes("no_such_command")) return new Response("bad gateway", { status: 502 });
    return broken?.(request) ?? new Response();
  };
  const { chatGroup: _chatGroup, ...options } = verifyOptions(emulator, fetch);
  report = await verify({ ...options, burst: false });
});

describe("JUnit", () => {
  const read = (): Json =>
    new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: "",
      isArray: (name: string) => name.startsWith("test"),
    }).parse(junitXml(report));

  test("the file is well-formed XML", () => {
    expect(XMLValidator.validate(junitXml(report))).toBe(true);
    // oxlint-disable-next-line no-control-regex -- XML 1.0 cannot hold these.
    expect(junitXml(report)).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/u);
  });

  test("each scenario is in the suite of its group", () => {
    const [{ testsuite: suites }] = read().testsuites;
    const cases = suites.flatMap((suite: Json) => suite.testcase.map((one: Json) => one.classname));
    expect(cases.toSorted()).toEqual(report.results.map(({ id, group }) => `${group}.${id}`).toSorted());
  });

  test("the numbers of failures, errors and skipped scenarios match the report", () => {
    const [whole] = read().testsuites;
    const { totals, results } = report;
    expect([whole.tests, whole.failures, whole.errors, whole.skipped].map(Number)).toEqual([
      results.length,
      totals.failed,
      totals.error + totals.notRun,
      totals.skipped,
    ]);
    const cases = whole.testsuite.flatMap((suite: Json) => suite.testcase);
    const having = (name: string): number => cases.filter((one: Json) => name in one).length;
    expect([having("failure"), having("error"), having("skipped")]).toEqual([
      totals.failed,
      totals.error + totals.notRun,
      totals.skipped,
    ]);
    expect(cases.filter((one: Json) => one.error?.type === "not run")).toHaveLength(totals.notRun);
    expect(totals.notRun).toBeGreaterThan(0);
    expect(totals.failed).toBeGreaterThan(0);
    expect(totals.error).toBeGreaterThan(0);
    expect(totals.skipped).toBeGreaterThan(0);
  });

  test("a failure has what was expected and what was received", () => {
    const failed = read()
      .testsuites[0].testsuite.flatMap((suite: Json) => suite.testcase)
      .find((one: Json) => one.failure);
    expect(failed.failure.message).toMatch(/^expected .+, got .+/);
    expect(failed.failure["#text"]).toMatch(/why: .+\n?.*source: /s);
  });
});

describe("SARIF", () => {
  const log = (): Json => JSON.parse(JSON.stringify(sarifLog(report)));

  test("the log has the members that version 2.1.0 requires", () => {
    const { version, runs } = log();
    expect(version).toBe("2.1.0");
    expect(runs[0].tool.driver.name).toMatch(/./);
    for (const { message, level, locations } of runs[0].results) {
      expect(message.text).toMatch(/./);
      expect(["error", "warning"]).toContain(level);
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[\w/-]+$/);
      expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
    }
  });

  test("each result points at its rule, and each rule is a scenario", () => {
    const [{ tool, results }] = log().runs;
    const { rules } = tool.driver;
    expect(rules.map(({ id }: Json) => id)).toEqual(report.results.map(({ id }) => id));
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex].id).toBe(ruleId);
    expect(results).toHaveLength(report.results.flatMap(({ failures }) => failures).length);
  });

  test("an assumption is a warning, and what a document states is an error", () => {
    const [{ results }] = log().runs;
    for (const { level, properties } of results)
      expect(level).toBe(properties.basis === "documented" ? "error" : "warning");
    expect(new Set(results.map(({ level }: Json) => level)).size).toBe(2);
  });

  test("reports a scenario without a response", () => {
    const [{ invocations }] = log().runs;
    expect(invocations[0].executionSuccessful).toBe(false);
    expect(invocations[0].toolExecutionNotifications.map(({ message }: Json) => message.text)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Got no response: .*502/),
        expect.stringMatching(/^Did not run: /),
      ]),
    );
  });
});

test("the text has for each failure what was expected, what was received, why it matters, the source, and how to reproduce it", () => {
  const text = reportText(report);
  expect(text).toMatch(
    /FAILED request-check-syntax: A body that is not JSON is rejected\n {2}step 1, getContactGroup, \/ErrorCode\n/,
  );
  for (const label of ["expected", "got", "why", "source", "request"])
    expect(text).toMatch(new RegExp(`^    ${label} +\\S`, "m"));
  expect(text).toMatch(/NO RESPONSE request-check-path: .*\n {2}HTTP 502/);
  expect(text).toMatch(/SKIPPED call-rate\n[^]*NOT RUN .*chat-group-conversation/);
});

test("no report and no plan contains a UserSig or the key, although the provider repeats them", () => {
  const sinks = [
    JSON.stringify(report),
    junitXml(report),
    JSON.stringify(sarifLog(report)),
    reportText(report),
    planText(report.plan, "http://h"),
  ];
  const secrets = [secretKey, ...[...sent].filter((userSig) => userSig.length > 20)];
  expect(secrets.length).toBeGreaterThan(3);
  for (const text of sinks) expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  expect(sinks[0]).toContain("[redacted]");
});
