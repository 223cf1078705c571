import { beforeEach, expect, test } from "vitest";
import { createContractFetch, type When } from "../../src/index.ts";
import { matches } from "../../src/plan/when.ts";
import { requestOf } from "../calls.ts";
import { fetchJson, type RequestParts } from "../send.ts";

const api = createContractFetch();
beforeEach(() => api.reset());

const codeOf = async (from: string, parts: RequestParts = {}): Promise<unknown> => {
  const body = { From_Account: from, StartIndex: 0 };
  return ((await fetchJson(api, "getContactGroup", { body, ...parts })) as { ErrorCode: number }).ErrorCode;
};
const forUser = (name: string): When => ({ body: { From_Account: name } });

test("sends a planned response only to the request that it is for", async () => {
  api.plan("get_contact_group", { error: 50004 }, { when: forUser("b") });
  expect([await codeOf("a"), await codeOf("b"), await codeOf("b")]).toEqual([0, 50004, 0]);
});

test("uses the plan that was planned first among those that match, then those for always, the latest first", async () => {
  api
    .plan("get_contact_group", { error: 60002 }, { times: "always" })
    .plan("get_contact_group", { error: 60003 }, { times: "always", when: forUser("b") })
    .plan("get_contact_group", { error: 50004 }, { when: forUser("b") })
    .plan("get_contact_group", { error: 50005 });
  expect([await codeOf("b"), await codeOf("b"), await codeOf("b"), await codeOf("a")]).toEqual([
    50004, 50005, 60003, 60002,
  ]);
});

test("matches parameters of the query as text", async () => {
  api.plan("get_contact_group", { error: 50004 }, { when: { query: { sdkappid: 1400000001 } }, times: "always" });
  expect([await codeOf("a"), await codeOf("a", { query: { sdkappid: "1400000001" } })]).toEqual([0, 50004]);
});

test("matches by a function, which gets the query and the body", async () => {
  const seen: unknown[] = [];
  api.plan(
    "get_contact_group",
    { error: 50004 },
    {
      when({ query, body }) {
        seen.push(query["identifier"], body);
        return seen.length > 2;
      },
    },
  );
  expect([await codeOf("a"), await codeOf("b")]).toEqual([0, 50004]);
  expect(seen).toEqual([
    "administrator",
    { From_Account: "a", StartIndex: 0 },
    "administrator",
    { From_Account: "b", StartIndex: 0 },
  ]);
});

test("calls the function no more when its plan is used up", async () => {
  let calls = 0;
  api.plan("get_contact_group", { error: 50004 }, { when: () => (calls += 1) > 0 });
  expect([await codeOf("a"), await codeOf("a")]).toEqual([50004, 0]);
  expect(calls).toBe(1);
});

test("matches no body that is not JSON, unless the plan is for every request", async () => {
  api.plan("get_contact_group", { error: 50004 }, { when: forUser("a") }).plan("get_contact_group", { error: 50005 });
  expect(await codeOf("a", { body: "{" })).toBe(50005);
});

test("matches a part of a request at any depth", async () => {
  const when = { body: { GroupContactItem: [{ ContactItem: [{ To_Account: "user_0002" }, {}] }] } };
  api.plan("create_contact_group", { error: 51010 }, { when });
  expect(await fetchJson(api, "createContactGroup", { body: requestOf("createContactGroup") })).toMatchObject({
    ErrorCode: 51010,
  });
});

test("plans with the pattern as it was at the time of planning", async () => {
  const body = { From_Account: "a" };
  api.plan("get_contact_group", { error: 50004 }, { when: { body } });
  body.From_Account = "b";
  expect(await codeOf("a")).toBe(50004);
});

test.each([
  [{}, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: 2 }, true],
  [{ a: 1 }, { b: 2 }, false],
  [{ a: 1 }, { a: "1" }, false],
  [{ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }, true],
  [{ a: {} }, { a: [] }, false],
  [{ a: undefined }, {}, false],
  [{ a: null }, { a: null }, true],
  [{ toString: 1 }, {}, false],
  [[1, 2], [1, 2], true],
  [[1], [1, 2], false],
  [[1, 2], [2, 1], false],
  [[{ a: 1 }], [{ a: 1, b: 2 }], true],
  [[], {}, false],
  [{}, undefined, false],
  [{}, null, false],
])("the pattern %j matches %j: %j", (pattern, value, isMatch) => {
  expect(matches(pattern, value)).toBe(isMatch);
});
