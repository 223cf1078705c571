import { expect, test } from "vitest";
import type { ObservedCall } from "../../src/har/read.ts";
import { loadPrism } from "../../src/prism.ts";
import { checkExchanges, type CheckReport, checkText } from "../../src/record/check.ts";
import { operationOf, requestOf } from "../calls.ts";
import { call, everyAnswer, failure, recorded } from "../coverage/recorded.ts";

const get = requestOf("getContactGroup");
const page = operationOf("getContactGroup").responses[0]?.value as object;
let random = 0;
const observed = (body: unknown, answer: unknown, options: Parameters<typeof call>[3] = {}) =>
  call("getContactGroup", body, answer, { query: { random: String(random++) }, ...options });

const check = async (...calls: ObservedCall[]): Promise<CheckReport> =>
  checkExchanges(await recorded(calls), await loadPrism());

test("finds nothing wrong with any example of the description", async () => {
  const report = await checkExchanges(await recorded(everyAnswer()), await loadPrism(), {
    ignore: ["random-repeated", "retry-advice", "unfinished-pull"],
  });
  expect(report).toMatchObject({ violations: [], answers: [], lost: 0 });
  expect(report.calls).toBeGreaterThan(100);
});

test("names the field of a bad request", async () => {
  const { violations, answers } = await check(observed({ ...(get as object), StartIndex: "0" }, failure(50002)));
  expect(violations).toMatchObject([{ call: 0, rule: "schema", pointer: "/StartIndex", operation: "getContactGroup" }]);
  expect(answers).toEqual([]);
});

test.each([
  ["a value that is none of those allowed", { ...page, CompleteFlag: 2 }, { pointer: "/CompleteFlag", rule: "enum" }],
  ["a field that is missing", { ActionStatus: "FAIL", ErrorCode: 50001 }, { pointer: "/ErrorInfo", rule: "oneOf" }],
  ["another ActionStatus", { ...page, ActionStatus: "MAYBE" }, { pointer: "/ActionStatus", rule: "enum" }],
  ["a success with a code", { ...page, ErrorCode: 50001 }, { pointer: "/ErrorCode", rule: "enum" }],
])("names %s in an answer", async (_, answer, finding) => {
  const { violations, answers } = await check(observed(get, page), observed(get, answer));
  expect(violations).toEqual([]);
  expect(answers).toMatchObject([{ call: 1, operation: "getContactGroup", ...finding }]);
});

test("accepts an error code that no catalogue has", async () => {
  expect((await check(observed(get, failure(99999)))).answers).toEqual([]);
});

test.each([
  ["that is no JSON", { answerText: "<html>" }, "syntax"],
  ["with status 404", { status: 404 }, "status"],
])("names an answer %s", async (_, options, rule) => {
  expect((await check(observed(get, page, options))).answers).toMatchObject([{ call: 0, rule }]);
});

test.each([
  { status: undefined, answerText: "" },
  { status: 502, answerText: "<html>" },
])("counts %j as lost, and says nothing of it", async (options) => {
  expect(await check(observed(get, page, options))).toMatchObject({ lost: 1, answers: [], violations: [] });
});

test("the text has what is wrong, the fix, and what was skipped", async () => {
  const report = await check(observed({ ...(get as object), StartIndex: -1 }, { ...page, CompleteFlag: 2 }));
  const text = checkText(report, new Map([["GET https://shop.example/", 3]]));
  expect(text).toMatch(
    /^call 0 getContactGroup \[schema\]\n {2}\/StartIndex must be at least 0, but is -1\.\n {2}Fix: /,
  );
  expect(text).toMatch(/\nanswer to call 0 getContactGroup \[enum\]\n {2}\/CompleteFlag must be 0 or 1, but is 2\.\n/);
  expect(text).toMatch(
    /\n1 call judged: 1 violation by the consumer, 1 mistake in answers\.\n3 other entries skipped: GET https:\/\/shop\.example\/\.\n$/,
  );
});
