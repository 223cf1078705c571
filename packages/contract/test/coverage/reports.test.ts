import { expect, test } from "vitest";
import { belowMinimum, measureCoverage, percent } from "../../src/coverage/coverage.ts";
import { coverageHtml, coverageText } from "../../src/coverage/report.ts";
import { catalogue, operations } from "../../src/operations.ts";
import { requestOf } from "../calls.ts";
import { call, everyResponse, failure, recorded } from "./recorded.ts";

const get = requestOf("getContactGroup");
const all = measureCoverage(await recorded(everyResponse()));
const one = measureCoverage(await recorded([call("getContactGroup", get, failure(50001))]));
const share = percent({ covered: 1, total: operations.length });
const codes = catalogue.flatMap(({ operations: from }) => from).length;

test("a percentage is 100 only when everything is covered", () => {
  expect(percent({ covered: 9999, total: 10_000 })).toBe(99.9);
  expect(percent({ covered: 3, total: 3 })).toBe(100);
  expect(percent({ covered: 0, total: 0 })).toBe(100);
  expect(percent({ covered: 1, total: 3 })).toBe(33.3);
});

test("reports each dimension below its minimum, and no other", () => {
  const share1 = percent({ covered: 1, total: codes });
  expect(belowMinimum(one, { operations: share, codes: 1 })).toEqual([
    `codes: ${share1} % (1 of ${codes}) were covered, but at least 1 % are required.`,
  ]);
  expect(belowMinimum(all, { operations: 100, examples: 100, codes: 100 })).toEqual([]);
  expect(belowMinimum(one, {})).toEqual([]);
});

test("the text has the totals, and by operation what is not covered", () => {
  const text = coverageText(one);
  expect(text).toMatch(new RegExp(`^operations +${share} % {2}1 of ${operations.length}$`, "m"));
  expect(text).toMatch(/^createContactGroup: 0 responses\n {2}examples 0 of \d+; not covered: all$/m);
  expect(text).toMatch(
    /^getContactGroup: 1 response\n {2}examples .*\n {2}codes 1 of \d+; not covered: 50002 InvalidRequestParameter, /m,
  );
  expect(coverageText(all)).toMatch(/^ {2}codes (\d+) of \1$/m);
});

test("the text shows some of the codes that are not in the catalogue", async () => {
  const calls = Array.from({ length: 12 }, (_, index) => call("getContactGroup", get, failure(90_000 + index)));
  expect(coverageText(measureCoverage(await recorded(calls)))).toMatch(/getContactGroup 90000, .* 90009 and 2 more\n$/);
});

test("the page loads no external resources, and is small", () => {
  const html = coverageHtml(all);
  expect(html).not.toMatch(/<(script|link|img|iframe)|https?:|url\(|@import/);
  expect(html).toContain("default-src 'none'");
  expect(Buffer.byteLength(html)).toBeLessThan(32 * 1024);
});

test("the page follows the reader's light or dark setting, and shows what is covered by a mark as well as by colour", () => {
  const html = coverageHtml(one);
  expect(html).toContain("color-scheme:light dark");
  expect(html).toContain("<li>50001 UserNotImported <small>1</small></li>");
  expect(html).toContain('<li class="missing">50002 InvalidRequestParameter</li>');
  expect(html).toContain('li::before{content:"✓ "}');
});

test("the page escapes names", () => {
  const renamed = one.operations.map((operation) => ({ ...operation, operation: '<b>&"' }));
  const html = coverageHtml({ ...one, operations: renamed });
  expect(html).toContain("&lt;b&gt;&amp;&quot;");
  expect(html).not.toContain("<b>");
});
