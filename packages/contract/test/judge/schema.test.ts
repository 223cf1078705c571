import { beforeEach, expect, test } from "vitest";
import { createContractFetch, type RuleName } from "../../src/index.ts";
import { fetchJson, type RequestParts } from "../send.ts";

const api = createContractFetch();
beforeEach(() => api.reset());

const From_Account = "user_0001";

test.each<[RuleName, string, string, RequestParts]>([
  ["schema", "body", "/ContactItem/0/Type", { body: { From_Account, ContactItem: [{ Type: "1", To_Account: "a" }] } }],
  ["schema", "body", "/Extra", { body: { From_Account, ContactItem: [{ Type: 1, To_Account: "a" }], Extra: 1 } }],
  ["schema", "body", "/ContactItem", { body: { From_Account } }],
  ["schema", "body", "", { body: "{" }],
  ["schema", "query", "/contenttype", { query: { contenttype: "xml" } }],
  ["schema", "query", "/random", { query: { random: "one" } }],
  [
    "id-by-type",
    "body",
    "/ContactItem/0/ToGroupId",
    { body: { From_Account, ContactItem: [{ Type: 1, To_Account: "a", ToGroupId: "b" }] } },
  ],
  [
    "id-by-type",
    "body",
    "/ContactItem/1/ToGroupId",
    {
      body: {
        From_Account,
        ContactItem: [
          { Type: 1, To_Account: "a" },
          { Type: 2, To_Account: "a" },
        ],
      },
    },
  ],
])("breaks the rule %s in the %s at %j", async (rule, place, pointer, requested) => {
  await fetchJson(api, "searchContactGroup", requested);
  expect(api.violations().map(({ fix: _fix, message: _message, docs: _docs, ...rest }) => rest)).toEqual([
    { side: "request", rule, call: 0, operation: "searchContactGroup", in: place, pointer },
  ]);
});

test("counts a conversation group's name in UTF-8 bytes", async () => {
  const create = (GroupName: string): Promise<unknown> =>
    fetchJson(api, "createContactGroup", {
      body: { From_Account, GroupContactItem: [{ GroupName, ContactItem: [] }] },
    });
  await create("群".repeat(10));
  expect(api.violations({ ignore: ["schema"] })).toEqual([]);
  await create("群".repeat(22));
  expect(api.violations({ ignore: ["schema"] })).toMatchObject([
    { rule: "utf8-bytes", call: 1, in: "body", pointer: "/GroupContactItem/0/GroupName" },
  ]);
});

test("reports what was expected and found, the fix and the document", async () => {
  await fetchJson(api, "searchContactGroup", { body: { From_Account, ContactItem: [{ Type: "1", To_Account: "a" }] } });
  expect(api.violations()).toEqual([
    {
      side: "request",
      rule: "schema",
      call: 0,
      operation: "searchContactGroup",
      in: "body",
      pointer: "/ContactItem/0/Type",
      message: '/ContactItem/0/Type must be 1 or 2, but is "1"',
      fix: "Send a value that the schema allows.",
      docs: "https://www.tencentcloud.com/document/product/1047/53442",
    },
  ]);
});

test("reports a call of an unknown path as a violation", async () => {
  await api.fetch("/v4/recentcontact/nothing", { method: "POST", body: "{}" });
  expect(api.violations()).toMatchObject([{ rule: "schema", operation: undefined, in: "path", pointer: "" }]);
});

test("accepts calls with a planned failure", async () => {
  api.plan("get_contact_group", [{ error: 50002 }, { status: 502 }, { reset: true }]);
  await fetchJson(api, "getContactGroup");
  await fetchJson(api, "getContactGroup").catch(() => undefined);
  await fetchJson(api, "getContactGroup").catch(() => undefined);
  expect(api.violations({ ignore: ["retry-advice"] })).toEqual([]);
});
