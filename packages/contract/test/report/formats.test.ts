/** Every format of one report, of a provider whose texts are hostile to each of them. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { validateXML } from "xmllint-wasm";
import { beforeAll, describe, expect, test } from "vitest";
import { formatReport, type ReportFormat } from "../../src/report/format-report.ts";
import { findingsOfReport } from "../../src/report/from-verify.ts";
import { planText } from "../../src/report/plan-text.ts";
import type { VerifyReport } from "../../src/verify/scenario.ts";
import { verify } from "../../src/verify/verify.ts";
import { changing, type Json } from "../mutations/mutation.ts";
import { strictEmulator, secretKey, verifyOptions } from "../verify/strict-emulator.ts";

/** UserSigs that were sent. */
const sent = new Set<string>();
let report: VerifyReport;
beforeAll(async () => {
  const emulator = strictEmulator();
  // Repeats the UserSig where a group is created, and writes what XML cannot hold.
  const wrap = changing((response, { query, command }) => {
    sent.add(query.get("usersig") ?? "");
    if (response.ErrorCode !== 0)
      // Half of a character breaks the form of a response, so only one command has it.
      response.ErrorInfo = `<a href="x">&'\u0000${command === "del" ? "\uD800" : ""}\r\n::error::injected | \`x\` @all ${command === "create" ? `${query.get("usersig")} ${secretKey}` : ""}`;
    if (response.ErrorCode !== 0) response.ErrorCode += 1;
  });
  let down = 0;
  const broken = wrap?.((request) => emulator.fetch(request), emulator);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    // Long enough for the retries and for the call that shows whether other calls have a response.
    if (request.url.includes("no_such_command")) down = 2;
    if (down-- > 0) return new Response("bad gateway", { status: 502 });
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
    }).parse(formatReport(report, "junit"));

  test("the file is valid against the schema of Jenkins' xUnit plugin", async () => {
    const schema = readFileSync(new URL("schemas/junit-10.xsd", import.meta.url), "utf8");
    const contents = formatReport(report, "junit");
    const { errors } = await validateXML({ xml: [{ fileName: "verify.xml", contents }], schema: [schema] });
    expect(errors).toEqual([]);
    expect(XMLValidator.validate(contents)).toBe(true);
  });

  test("each scenario is in the suite of its group", () => {
    const [{ testsuite: suites }] = read().testsuites;
    const cases = suites.flatMap((suite: Json) => suite.testcase.map((one: Json) => one.classname));
    expect(cases.toSorted()).toEqual(report.results.map(({ id, group }) => `${group}.${id}`).toSorted());
  });

  test("the numbers of failures, errors and skipped scenarios match the report", () => {
    const [whole] = read().testsuites;
    const { totals, results } = report;
    const sum = (name: string): number =>
      whole.testsuite.reduce((total: number, suite: Json) => total + Number(suite[name]), 0);
    const numbers = [results.length, totals.failed, totals.error + totals.notRun];
    expect([whole.tests, whole.failures, whole.errors].map(Number)).toEqual(numbers);
    expect(["tests", "failures", "errors", "skipped"].map(sum)).toEqual([...numbers, totals.skipped]);
    const cases = whole.testsuite.flatMap((suite: Json) => suite.testcase);
    const having = (name: string): number => cases.filter((one: Json) => name in one).length;
    expect([having("failure"), having("error"), having("skipped")]).toEqual([
      totals.failed,
      totals.error + totals.notRun,
      totals.skipped,
    ]);
    expect(cases.filter((one: Json) => one.error?.type === "not run")).toHaveLength(totals.notRun);
    expect(cases.filter((one: Json) => one.error?.type === "not judged")).toHaveLength(totals.error);
    expect(totals.notRun).toBeGreaterThan(0);
    expect(totals.failed).toBeGreaterThan(0);
    expect(totals.error).toBeGreaterThan(0);
    expect(totals.skipped).toBeGreaterThan(0);
  });

  test("a failure has the violation, its fix and the request of its own scenario", () => {
    const failed = read()
      .testsuites[0].testsuite.flatMap((suite: Json) => suite.testcase)
      .filter((one: Json) => one.failure);
    for (const { failure, classname } of failed) {
      expect(failure.message).toMatch(/^(?:\S+ must .+, but .+|The body must not .+)\.$/s);
      const { id, failures } = report.results.find(({ group, id: own }) => `${group}.${own}` === classname) ?? {};
      expect(failure["#text"]).toContain(`where: scenario ${id}`);
      expect(failure["#text"]).toMatch(/why: .+\nfix: .+\nrequest: .*curl /s);
      expect(failure["#text"].length).toBeGreaterThan(failures?.[0]?.request.length ?? Infinity);
    }
  });
});

describe("SARIF", () => {
  const log = (): Json => JSON.parse(formatReport(report, "sarif"));

  test("the log is valid against the schema of version 2.1.0", () => {
    const schema = JSON.parse(readFileSync(new URL("schemas/sarif-2.1.0.json", import.meta.url), "utf8"));
    // Of the formats that the schema names, only the content is of interest here.
    const formats = { "uri-reference": true, uri: true, "date-time": true } as const;
    const validate = new Ajv({ strict: false, formats }).compile(schema);
    validate(log());
    expect(validate.errors).toBeNull();
  });

  test("each finding is one result with its rule and its number of occurrences", () => {
    const [{ tool, results }] = log().runs;
    const failed = findingsOfReport(report).filter(({ outcome }) => outcome === "failed");
    expect(results).toHaveLength(failed.length);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(results.reduce((sum: number, { occurrenceCount }: Json) => sum + occurrenceCount, 0)).toBe(
      report.results.flatMap(({ failures }) => failures).length,
    );
  });

  test("an assumption is a warning, and what a document states is an error", () => {
    const [{ results }] = log().runs;
    for (const { level, properties } of results)
      expect(level).toBe(properties.basis === "documented" ? "error" : "warning");
    expect(new Set(results.map(({ level }: Json) => level)).size).toBe(2);
  });

  test("reports a scenario without a response, and one that did not run", () => {
    const [{ invocations }] = log().runs;
    expect(invocations[0].executionSuccessful).toBe(false);
    expect(invocations[0].toolExecutionNotifications.map(({ message }: Json) => message.text)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Could not be judged: .*502/),
        expect.stringMatching(/^Did not run: /),
      ]),
    );
  });
});

test("the text has for each finding where it occurs, why it matters, the fix, the source and a request", () => {
  const text = formatReport(report, "text");
  for (const label of ["where", "why", "fix", "source", "request"])
    expect(text).toMatch(new RegExp(`^  ${label} +\\S`, "m"));
  expect(text).toMatch(/^NOT JUDGED Could not be judged: HTTP 502/m);
  expect(text).toMatch(/^NOT RUN [^]*chat-group-conversation/m);
  expect(text).toMatch(/^SKIPPED call-rate: /m);
});

test("no line of a text begins with a command of GitHub Actions that the provider sent", () => {
  for (const format of ["text", "markdown", "github"] as const)
    expect(formatReport(report, format)).not.toMatch(/^::error::injected/m);
});

test("no annotation, no Markdown and no text is broken by what the provider sent", () => {
  const annotations = formatReport(report, "github").split("\n").slice(0, -1);
  expect(annotations.length).toBeLessThanOrEqual(11);
  for (const line of annotations) expect(line).toMatch(/^::(error|notice) title=[^:,\r\n]+::[^\r\n]+$/);
  const outside = formatReport(report, "markdown").replaceAll(/^(`{3,})sh\n[^]*?\n\1$/gm, "");
  expect(outside).not.toMatch(/<a href|@all|[^\\]`x/);
});

test("no report and no plan contains a UserSig or the key, although the provider repeats them", () => {
  const formats: readonly ReportFormat[] = ["text", "junit", "sarif", "github", "markdown"];
  const sinks = [
    JSON.stringify(report),
    JSON.stringify(findingsOfReport(report)),
    ...formats.map((format) => formatReport(report, format)),
    planText(report.plan, "http://h"),
  ];
  const secrets = [secretKey, ...[...sent].filter((userSig) => userSig.length > 20)];
  expect(secrets.length).toBeGreaterThan(3);
  for (const text of sinks) expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  expect(sinks[0]).toContain("[redacted]");
});
