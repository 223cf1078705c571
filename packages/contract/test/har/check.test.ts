import { expect, test } from "vitest";
import type { ObservedCall } from "../../src/har/read.ts";
import { checkExchanges, type CheckReport, checkText } from "../../src/record/check.ts";
import { operationOf, requestOf } from "../calls.ts";
import { call, everyResponse, failure, recorded } from "../coverage/recorded.ts";

const get = requestOf("getContactGroup");
const page = operationOf("getContactGroup").responses[0]?.value as object;
let random = 0;
const observed = (body: unknown, response: unknown, options: Parameters<typeof call>[3] = {}) =>
  call("getContactGroup", body, response, { query: { random: String(random++) }, ...options });

const check = async (...calls: ObservedCall[]): Promise<CheckReport> => checkExchanges(await recorded(calls));

test("accepts every example of the description", async () => {
  const report = await checkExchanges(await recorded(everyResponse()), {
    ignore: ["random-repeated", "retry-advice", "double-submit", "unfinished-pagination"],
  });
  expect(report).toMatchObject({ violations: [], lost: 0 });
  expect(report.calls).toBeGreaterThan(100);
});

test("names the field of a bad request", async () => {
  const { violations } = await check(observed({ ...(get as object), StartIndex: "0" }, failure(50002)));
  expect(violations).toMatchObject([
    { side: "request", call: 0, rule: "schema", pointer: "/StartIndex", operation: "getContactGroup" },
  ]);
});

test.each([
  ["a value that is not allowed", { ...page, CompleteFlag: 2 }, "/CompleteFlag"],
  ["a field that is missing", { ActionStatus: "FAIL", ErrorInfo: "" }, "/ErrorCode"],
  ["another ActionStatus", { ...page, ActionStatus: "MAYBE" }, "/ActionStatus"],
  ["a success with a code", { ...page, ErrorCode: 50001 }, "/ActionStatus"],
])("reports %s in a response", async (_, response, pointer) => {
  const { violations } = await check(observed(get, page), observed(get, response));
  expect(violations).toMatchObject([
    { side: "response", call: 1, operation: "getContactGroup", rule: "schema", pointer },
  ]);
});

test("accepts an error code that no catalogue has", async () => {
  expect((await check(observed(get, failure(99999)))).violations).toEqual([]);
});

test.each([
  ["that is not JSON", { responseText: "<html>" }, "schema"],
  ["with status 404", { status: 404 }, "status"],
])("reports a response %s", async (_, options, rule) => {
  expect((await check(observed(get, page, options))).violations).toMatchObject([{ side: "response", call: 0, rule }]);
});

test.each([
  { status: undefined, responseText: "" },
  { status: 502, responseText: "<html>" },
])("counts %j as lost, without a violation", async (options) => {
  expect(await check(observed(get, page, options))).toMatchObject({ lost: 1, violations: [] });
});

test("the text has the violations, their fixes, and what was skipped", async () => {
  const report = await check(observed({ ...(get as object), StartIndex: -1 }, { ...page, CompleteFlag: 2 }));
  const text = checkText(report, new Map([["GET https://shop.example/", 3]]));
  expect(text).toMatch(
    /^call 0 getContactGroup \[schema\]\n {2}\/StartIndex must be at least 0, but is -1\.\n {2}Fix: /,
  );
  expect(text).toMatch(
    /\nresponse to call 0 getContactGroup \[schema\]\n {2}\/CompleteFlag must be 0 or 1, but is 2\.\n/,
  );
  expect(text).toMatch(
    /\n1 call validated: 1 violation by requests, 1 violation by responses\.\n3 other entries skipped: GET https:\/\/shop\.example\/\.\n$/,
  );
});
