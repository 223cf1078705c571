import type { Finding } from "./finding.ts";
import type { Case, Run } from "./run.ts";
import { where } from "./text.ts";

/**
 * Writes a report as JUnit XML that is valid against the schema of Jenkins' xUnit plugin: one suite for each group of scenarios, one case for
 * each scenario. What failed is a failure; what has no verdict or did not run is an error of that type, so that it is not green.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function junitXml(findings: readonly Finding[], run: Run): string {
  const { command, durationMs, startedAt } = run;
  const known = new Set(findings.filter(({ state }) => state === "known").map(({ fingerprint }) => fingerprint));
  const cases = run.cases.map((one) => withBaseline(one, known));
  const suites = [...new Set(cases.map(({ suite }) => suite))].map((name) => {
    const own = cases.filter(({ suite }) => suite === name);
    const time = inSeconds(own.reduce((sum, one) => sum + one.durationMs, 0));
    const attributes = {
      name,
      ...totals(own),
      skipped: own.filter(({ outcome }) => outcome === "skipped").length,
      time,
      timestamp: startedAt,
    };
    return element("testsuite", attributes, own.map(testCase).join(""));
  });
  const attributes = { name: `contact-groups-contract ${command}`, ...totals(cases), time: inSeconds(durationMs) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", attributes, suites.join(""))}\n`;
}

function testCase(one: Case): string {
  const { suite, id, title, durationMs } = one;
  return element("testcase", { classname: `${suite}.${id}`, name: title, time: inSeconds(durationMs) }, content(one));
}

/** A case of which every finding is in the baseline does not fail. */
function withBaseline(one: Case, known: ReadonlySet<string>): Case {
  const findings = one.findings.filter(({ fingerprint }) => !known.has(fingerprint));
  if (one.outcome !== "failed" || findings.length > 0) return { ...one, findings };
  return { ...one, outcome: "skipped", because: `known: ${one.findings.map(({ message }) => message).join(" ")}` };
}

function content({ outcome, because = "", findings }: Case): string {
  switch (outcome) {
    case "passed":
      return "";
    case "skipped":
      return element("skipped", { message: because }, "");
    case "notRun":
      return element("error", { message: because, type: "not run" }, "");
    case "notJudged":
      return element("error", { message: because, type: "not judged" }, "");
    case "failed":
      return findings.map(failure).join("");
  }
}

function failure(finding: Finding): string {
  const { rule, message, why, fix, first } = finding;
  const lines = [
    message,
    `where: ${where(finding)}`,
    ...(why === undefined ? [] : [`why: ${why}`]),
    `fix: ${fix}`,
    ...(first.request === undefined ? [] : [`request: ${first.request}`]),
  ];
  return element("failure", { message, type: rule }, escapeText(lines.join("\n")));
}

function totals(cases: readonly Case[]): Readonly<Record<string, number>> {
  const count = (...outcomes: readonly Case["outcome"][]): number =>
    cases.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return { tests: cases.length, failures: count("failed"), errors: count("notJudged", "notRun") };
}
function inSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, inside: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`);
  const head = `<${name}${written.join("")}`;
  return inside === "" ? `${head}/>` : `${head}>${inside}</${name}>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML 1.0 cannot hold most control characters and no half of a surrogate pair, not even escaped. */
function escapeText(text: string): string {
  return text
    .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}

/** A parser makes a space of an unescaped line feed or tab in an attribute. */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}
