import { expect, test } from "vitest";
import { belowMinimum, measureCoverage, percent } from "../../src/coverage/coverage.ts";
import { coverageText } from "../../src/coverage/report.ts";
import { operations } from "../../src/operations.ts";
import { requestOf } from "../calls.ts";
import { call, everyResponse, failure, recorded } from "./recorded.ts";

const get = requestOf("getContactGroup");
const all = measureCoverage(await recorded(everyResponse()));
const one = measureCoverage(await recorded([call("getContactGroup", get, failure(50001))]));
const share = percent({ covered: 1, total: operations.length });
const { total } = one.totals.failures;

test("a percentage is 100 only when everything is covered", () => {
  expect(percent({ covered: 9999, total: 10_000 })).toBe(99.9);
  expect(percent({ covered: 3, total: 3 })).toBe(100);
  expect(percent({ covered: 0, total: 0 })).toBe(100);
  expect(percent({ covered: 1, total: 3 })).toBe(33.3);
});

test("reports each dimension below its minimum, and no other", () => {
  const share1 = percent({ covered: 1, total });
  expect(belowMinimum(one, { operations: share, failures: share1 + 1 })).toEqual([
    `failures: ${share1} % (1 of ${total}) were covered, but at least ${share1 + 1} % are required.`,
  ]);
  expect(belowMinimum(all, { operations: 100, examples: 100, failures: 100 })).toEqual([]);
  expect(belowMinimum(one, {})).toEqual([]);
});

test("the text has the totals, and by operation what is not covered", () => {
  const text = coverageText(one);
  expect(text).toMatch(new RegExp(`^operations +${share} % {2}1 of ${operations.length}$`, "m"));
  expect(text).toMatch(/^createContactGroup: 0 responses\n {2}examples 0 of \d+; not covered: all$/m);
  expect(text).toMatch(
    /^getContactGroup: 1 response\n {2}examples .*\n {2}failures 1 of \d+; not covered: backoff, [^]*\n {2}codes received: 50001 UserNotImported$/m,
  );
  expect(coverageText(all)).toMatch(/^ {2}failures (\d+) of \1$/m);
});

test("the text shows some of the codes that are not in the catalogue", async () => {
  const calls = Array.from({ length: 12 }, (_, index) => call("getContactGroup", get, failure(90_000 + index)));
  expect(coverageText(measureCoverage(await recorded(calls)))).toMatch(/getContactGroup 90000, .* 90009 and 2 more\n$/);
});
