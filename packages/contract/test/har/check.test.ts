import { expect, test } from "vitest";
import type { ObservedCall } from "../../src/har/read.ts";
import { checkExchanges } from "../../src/record/check.ts";
import type { Exchange } from "../../src/record/exchange.ts";
import { operationOf, requestOf } from "../calls.ts";
import { call, everyResponse, failure, recorded } from "../coverage/recorded.ts";

const get = requestOf("getContactGroup");
const page = operationOf("getContactGroup").responses[0]?.value as object;
let random = 0;
const observed = (body: unknown, response: unknown, options: Parameters<typeof call>[3] = {}) =>
  call("getContactGroup", body, response, { query: { random: String(random++) }, ...options });

const check = async (...calls: ObservedCall[]): Promise<ReturnType<typeof checkExchanges>> =>
  checkExchanges(await recorded(calls));

test("accepts every example of the description", async () => {
  const report = await checkExchanges(await recorded(everyResponse()), {
    ignore: [
      "random-repeated",
      "retry-advice",
      "double-submit",
      "unfinished-pagination",
      "unknown-group",
      "item-failure",
    ],
  });
  expect(report).toMatchObject({ violations: [], lost: 0 });
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
  expect(await check(observed(get, page, options))).toMatchObject({ lost: 1, withoutResponse: 1, violations: [] });
});

test("a response that the test planned to be lost is not one that the provider owes", async () => {
  const [exchange] = await recorded([observed(get, page, { status: undefined, responseText: "" })]);
  const planned = { ...exchange, response: { ...exchange?.response, faults: ["reset"] } } as Exchange;
  expect(checkExchanges([planned])).toMatchObject({ lost: 1, withoutResponse: 0 });
});
