import { expect, test } from "vitest";
import { measureCoverage, type OperationCoverage } from "../../src/coverage/coverage.ts";
import type { Exchange } from "../../src/record/exchange.ts";
import { operationOf, requestOf } from "../calls.ts";
import { call, everyAnswer, failure, recorded } from "./recorded.ts";

const create = requestOf("createContactGroup");
const get = requestOf("getContactGroup");

async function ofOperation(operation: string, ...calls: Parameters<typeof recorded>): Promise<OperationCoverage> {
  const found = measureCoverage(await recorded(...calls)).operations.find((it) => it.operation === operation);
  if (!found) throw new Error(`No coverage of ${operation}.`);
  return found;
}

const metOf = (cells: OperationCoverage["codes"]) => cells.filter(({ met }) => met > 0).map(({ name }) => name);

test("of no call, nothing is met, and there is something to meet in each dimension", () => {
  for (const { met, total } of Object.values(measureCoverage([]).totals)) {
    expect(met).toBe(0);
    expect(total).toBeGreaterThan(0);
  }
});

test("every example answered once is all operations, examples and codes", async () => {
  const { totals } = measureCoverage(await recorded(everyAnswer()));
  for (const dimension of ["operations", "examples", "codes"] as const) {
    expect(totals[dimension].met).toBe(totals[dimension].total);
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

test("a code counts for the operation that answered it only", async () => {
  const calls = [call("getContactGroup", get, failure(50001))];
  expect(metOf((await ofOperation("getContactGroup", calls)).codes)).toEqual(["UserNotImported"]);
  expect(metOf((await ofOperation("createContactGroup", calls)).codes)).toEqual([]);
});

test("an answer that is an example by its body counts, and one that differs does not", async () => {
  const { responses } = operationOf("getContactGroup");
  const page = responses.find(({ name }) => name === "OnlyPage")?.value as object;
  const calls = [call("getContactGroup", get, page), call("getContactGroup", get, { ...page, ContactItem: [] })];
  const { examples, answered } = await ofOperation("getContactGroup", calls);
  expect(examples.filter(({ met }) => met > 0)).toEqual([{ name: "OnlyPage", met: 1 }]);
  expect(answered).toBe(2);
});

test("an answer that the server names counts as that example, whatever its body is", async () => {
  const [exchange] = await recorded([
    call("getContactGroup", get, { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" }),
  ]);
  const named = { ...exchange, answer: { ...exchange?.answer, example: "LastOfTwoPages" } } as Exchange;
  const { operations } = measureCoverage([named]);
  expect(metOf(operations.flatMap(({ examples }) => examples))).toEqual(["LastOfTwoPages"]);
});

test.each([
  ["a lost connection", { status: undefined, answerText: "" }],
  ["a status of a proxy", { status: 502, answerText: "<html>" }],
  ["a failure with another status", { status: 500 }],
  ["cut-off JSON", { answerText: '{"ActionStatus":"FAIL","ErrorCode":50001' }],
])("%s is not met", async (_, options) => {
  const { totals, unanswered } = measureCoverage(
    await recorded([call("getContactGroup", get, failure(50001), options)]),
  );
  expect(totals.operations.met + totals.codes.met).toBe(0);
  expect(unanswered).toBe(1);
});

test("an optional field counts when it was sent in a good request that was answered", async () => {
  const withGroup = { From_Account: "user_0001", GroupContactItem: [{ GroupName: "a", ContactItem: [] }] };
  const fields = async (body: unknown): Promise<string[]> =>
    metOf((await ofOperation("createContactGroup", [call("createContactGroup", body, failure(50001))])).fields);
  expect(await fields({ ...withGroup, GroupContactItem: [{ GroupName: "a" }] })).toEqual([]);
  expect(await fields(withGroup)).toEqual(["/GroupContactItem/{n}/ContactItem"]);
  expect(await fields({ ...withGroup, Extra: 1 })).toEqual([]);
  expect(await fields(create)).toHaveLength(3);
});

test("codes that the catalogue does not list for the operation are told apart", async () => {
  const calls = [failure(51010), failure(99999), failure(99999)].map((answer) => call("getContactGroup", get, answer));
  const { unlisted, totals } = measureCoverage(await recorded(calls));
  expect(unlisted).toEqual([
    { operation: "getContactGroup", code: 51010, met: 1 },
    { operation: "getContactGroup", code: 99999, met: 2 },
  ]);
  expect(totals.codes.met).toBe(0);
});

test("calls of other paths are counted apart", async () => {
  const other = {
    ...call("getContactGroup", get, failure(60009)),
    url: "https://console.tim.qq.com/v4/other?random=1",
  };
  expect(measureCoverage(await recorded([other]))).toMatchObject({ calls: 1, elsewhere: 1, unanswered: 0 });
});
