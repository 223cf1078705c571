import { expect, test } from "vitest";
import { type Coverage, measureCoverage } from "../../src/coverage/coverage.ts";
import type { Exchange } from "../../src/record/exchange.ts";
import { catalogue } from "../../src/operations.ts";
import { operationOf, requestOf } from "../calls.ts";
import { testedOperations } from "../tested-operations.ts";
import { call, everyResponse, failure, recorded } from "./recorded.ts";

type OperationCoverage = Coverage["operations"][number];

const create = requestOf("createContactGroup");
const get = requestOf("getContactGroup");

async function ofOperation(operation: string, ...calls: Parameters<typeof recorded>): Promise<OperationCoverage> {
  const found = measureCoverage(await recorded(...calls)).operations.find((it) => it.operation === operation);
  if (!found) throw new Error(`No coverage of ${operation}.`);
  return found;
}

const metOf = (cells: OperationCoverage["examples"]) =>
  cells.filter(({ covered }) => covered > 0).map(({ name }) => name);

test("covers nothing without a call, although each dimension has items", () => {
  for (const { covered, total } of Object.values(measureCoverage([]).totals)) {
    expect(covered).toBe(0);
    expect(total).toBeGreaterThan(0);
  }
});

test("covers all operations, examples and ways to fail with each example once", async () => {
  const { totals } = measureCoverage(await recorded(everyResponse()));
  for (const dimension of ["operations", "examples", "failures"] as const) {
    expect(totals[dimension].covered).toBe(totals[dimension].total);
  }
});

test("has one code per failure example of the description's operations", () => {
  for (const { operation, codes } of measureCoverage([]).operations) {
    const { responses, successes } = operationOf(operation as Parameters<typeof operationOf>[0]);
    expect(codes.map(({ name }) => name)).toEqual(
      responses.map(({ name }) => name).filter((name) => !successes.includes(name)),
    );
  }
});

test("a code counts only for the operation that returned it", async () => {
  const calls = [call("getContactGroup", get, failure(50001))];
  expect(metOf((await ofOperation("getContactGroup", calls)).codes)).toEqual(["UserNotImported"]);
  expect(metOf((await ofOperation("createContactGroup", calls)).codes)).toEqual([]);
});

test("one code covers the way to retry that it shares with others, for its operation only", async () => {
  const ways = [
    ...new Set(catalogue.filter(({ operations }) => operations.includes("getContactGroup")).map(({ retry }) => retry)),
  ];
  const entry = catalogue.find(({ retry }) => retry === "backoff");
  const calls = [call("getContactGroup", get, failure(entry?.code ?? 0))];
  const { failures } = await ofOperation("getContactGroup", calls);
  expect(failures).toEqual(ways.map((name) => ({ name, covered: name === "backoff" ? 1 : 0 })));
  expect(metOf((await ofOperation("createContactGroup", calls)).failures)).toEqual([]);
});

test("a response for each way to fail is enough for all failures", async () => {
  const calls = testedOperations.flatMap(({ operationId, requests }) => {
    const own = catalogue.filter(({ operations }) => operations.includes(operationId));
    const first = new Map(own.map(({ retry, code }) => [retry, code]));
    return [...first.values()].map((code) => call(operationId, requests[0]?.value, failure(code)));
  });
  const { failures } = measureCoverage(await recorded(calls)).totals;
  expect(failures).toEqual({ covered: calls.length, total: calls.length });
});

test("counts a response whose body equals an example, and no other", async () => {
  const { responses } = operationOf("getContactGroup");
  const page = responses.find(({ name }) => name === "OnlyPage")?.value as object;
  const calls = [call("getContactGroup", get, page), call("getContactGroup", get, { ...page, ContactItem: [] })];
  const { examples, completed } = await ofOperation("getContactGroup", calls);
  expect(examples.filter(({ covered }) => covered > 0)).toEqual([{ name: "OnlyPage", covered: 1 }]);
  expect(completed).toBe(2);
});

test("counts a response that the server names as that example, with any body", async () => {
  const [exchange] = await recorded([
    call("getContactGroup", get, { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" }),
  ]);
  const named = { ...exchange, response: { ...exchange?.response, example: "LastOfTwoPages" } } as Exchange;
  const { operations } = measureCoverage([named]);
  expect(metOf(operations.flatMap(({ examples }) => examples))).toEqual(["LastOfTwoPages"]);
});

test.each([
  ["a lost connection", { status: undefined, responseText: "" }],
  ["a status of a proxy", { status: 502, responseText: "<html>" }],
  ["a failure with another status", { status: 500 }],
  ["cut-off JSON", { responseText: '{"ActionStatus":"FAIL","ErrorCode":50001' }],
])("does not cover %s", async (_, options) => {
  const { totals, incomplete } = measureCoverage(
    await recorded([call("getContactGroup", get, failure(50001), options)]),
  );
  expect(totals.operations.covered + totals.failures.covered).toBe(0);
  expect(incomplete).toBe(1);
});

test("counts an optional field of a valid request with a response", async () => {
  const withGroup = { From_Account: "user_0001", GroupContactItem: [{ GroupName: "a", ContactItem: [] }] };
  const fields = async (body: unknown): Promise<string[]> =>
    metOf((await ofOperation("createContactGroup", [call("createContactGroup", body, failure(50001))])).fields);
  expect(await fields({ ...withGroup, GroupContactItem: [{ GroupName: "a" }] })).toEqual([]);
  expect(await fields(withGroup)).toEqual(["/GroupContactItem/{n}/ContactItem"]);
  expect(await fields({ ...withGroup, Extra: 1 })).toEqual([]);
  expect(await fields(create)).toHaveLength(3);
});

test("reports codes that the catalogue does not list for the operation separately", async () => {
  const calls = [failure(51010), failure(99999), failure(99999)].map((response) =>
    call("getContactGroup", get, response),
  );
  const { unlisted, totals } = measureCoverage(await recorded(calls));
  expect(unlisted).toEqual([
    { operation: "getContactGroup", code: 51010, covered: 1 },
    { operation: "getContactGroup", code: 99999, covered: 2 },
  ]);
  expect(totals.failures.covered).toBe(0);
});

test("counts calls of other paths separately", async () => {
  const other = {
    ...call("getContactGroup", get, failure(60009)),
    url: "https://console.tim.qq.com/v4/other?random=1",
  };
  expect(measureCoverage(await recorded([other]))).toMatchObject({ calls: 1, otherPaths: 1, incomplete: 0 });
});
