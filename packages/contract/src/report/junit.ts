import type { Failure, ScenarioResult, VerifyReport } from "../verify/scenario.ts";

/**
 * Writes a report as JUnit XML: one suite for each group of scenarios, one case for each scenario.
 *
 * @param report The report of `verify`.
 * @returns The XML document.
 * @example
 * ```ts
 * writeFileSync("verify.xml", junitXml(await verify(options)));
 * ```
 * @see https://github.com/testmoapp/junitxml The format as its readers accept it; no standard defines it.
 */
export function junitXml({ results, durationMs, startedAt }: VerifyReport): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  const suites = groups.map((group) =>
    suite(
      group,
      results.filter((result) => result.group === group),
      startedAt,
    ),
  );
  const attributes = { name: "contact-groups-contract verify", ...totals(results), time: inSeconds(durationMs) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", attributes, suites.join(""))}\n`;
}

function suite(group: string, results: readonly ScenarioResult[], timestamp: string): string {
  const time = inSeconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0));
  return element("testsuite", { name: group, ...totals(results), time, timestamp }, results.map(testCase).join(""));
}

function testCase(result: ScenarioResult): string {
  const { id, title, group, durationMs } = result;
  return element(
    "testcase",
    { classname: `${group}.${id}`, name: title, time: inSeconds(durationMs) },
    content(result),
  );
}

function content({ outcome, because = "", failures, basis }: ScenarioResult): string {
  switch (outcome) {
    case "passed":
      return "";
    case "skipped":
      return element("skipped", { message: because }, "");
    case "notRun":
      return element("error", { message: because, type: "not run" }, "");
    case "error":
      return element("error", { message: because, type: "no response" }, "");
    case "failed": {
      const [first] = failures;
      const message = first ? `expected ${first.expected}, got ${first.got}` : "";
      const text = [because, ...failures.map(failureText)].filter((part) => part !== "").join("\n\n");
      return element("failure", { message, type: basis }, escapeXml(text));
    }
  }
}

function failureText({ step, operation, pointer, expected, got, why, request, sources }: Failure): string {
  const documents = sources.map(
    ({ title, date, url }) => `source: ${title}, ${date}${url === undefined ? "" : `, ${url}`}`,
  );
  return [
    `step ${step}, ${operation} ${pointer}`,
    `expected: ${expected}`,
    `got: ${got}`,
    `why: ${why}`,
    ...documents,
    request,
  ].join("\n");
}

function totals(results: readonly ScenarioResult[]): Readonly<Record<string, number>> {
  const count = (outcome: ScenarioResult["outcome"]): number => results.filter((it) => it.outcome === outcome).length;
  return {
    tests: results.length,
    failures: count("failed"),
    errors: count("error") + count("notRun"),
    skipped: count("skipped"),
  };
}

function inSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, inside: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const head = `<${name}${written.join("")}`;
  return inside === "" ? `${head}/>` : `${head}>${inside}</${name}>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};

/** XML 1.0 cannot hold most control characters and no half of a surrogate pair, not even escaped. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll(/[&<>"\n\t]/g, (letter) => entities[letter] ?? letter);
}
