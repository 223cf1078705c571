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
      fix: "Send 1 or 2, without quotation marks.",
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

const conversation = { Type: 1, To_Account: "a" };
const search = (body: object): RequestParts => ({ body: { From_Account, ContactItem: [conversation], ...body } });

test.each<[string, RequestParts, string]>([
  ["another type", search({ From_Account: 7 }), "Send text, in quotation marks."],
  [
    "an object instead of a list",
    search({ ContactItem: conversation }),
    "Send a list in brackets, also for a single item.",
  ],
  [
    "a value that is not allowed",
    search({ ContactItem: [{ ...conversation, Type: 3 }] }),
    "Send 1 or 2, without quotation marks.",
  ],
  [
    "a number that is too large",
    { query: { random: "4294967296" } },
    "Generate an unsigned 32-bit integer for each call: crypto.getRandomValues(new Uint32Array(1))[0].",
  ],
  ["an empty list", search({ ContactItem: [] }), "Send 1 item or more; without any, do not call."],
  [
    "too many items",
    search({
      ContactItem: Array.from({ length: 301 }, (_, index) => ({ ...conversation, To_Account: `user_${index}` })),
    }),
    "Divide the list among calls with up to 300 items each.",
  ],
  ["an empty text", search({ From_Account: "" }), "Send text that is not empty."],
  ["a long text", { query: { identifier: "a".repeat(33) } }, "Shorten the text to 32 characters."],
  [
    "characters that are not allowed",
    search({ From_Account: "群" }),
    "The text must have only printable ASCII characters.",
  ],
  ["a missing field", { body: { From_Account } }, "Add the field ContactItem. Its name is case-sensitive."],
  [
    "a missing parameter",
    { query: { random: undefined } },
    "Add random to the query of the URL of every call. Its name is case-sensitive.",
  ],
  [
    "a misspelt field",
    search({ from_account: "a", From_Account: undefined }),
    "Rename the field to From_Account. Names are case-sensitive.",
  ],
  ["an unknown field", search({ Limit: 10 }), "Remove the field: the operation does not have it."],
  ["a wrong fixed value", { query: { contenttype: "xml" } }, 'Send "json".'],
  ["an SDKAppID that is none", { query: { sdkappid: "undefined" } }, "The text must be 1 to 10 digits."],
  ["malformed JSON", { body: "{" }, "Send one JSON object, whole, in UTF-8."],
])("the fix of %s is that of the field", async (_title, requested, fix) => {
  await fetchJson(api, "searchContactGroup", requested);
  expect(api.violations().map((violation) => violation.fix)).toEqual([fix]);
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["an empty UserSig", { usersig: "" }, "The query parameter usersig must not be empty, but is empty"],
  [
    "a UserSig with other characters",
    { usersig: "secret+secret/secret=" },
    "The query parameter usersig must have only letters, digits, *, _ and -",
  ],
  ["an SDKAppID", { sdkappid: "undefined" }, 'The query parameter sdkappid must be 1 to 10 digits, but is "undefined"'],
])("the message of %s has no regular expression", async (_title, query, message) => {
  await fetchJson(api, "searchContactGroup", { query });
  expect(api.violations().map((violation) => violation.message)).toEqual([message]);
});

test.each<[string, RequestParts, RuleName]>([
  ["a UserID of 33 bytes", search({ From_Account: "a".repeat(33) }), "utf8-bytes"],
  ["another name of a field", search({ ContactItem: [{ Type: 2, GroupId: "a" }] }), "schema"],
])("%s is one violation", async (_title, requested, rule) => {
  await fetchJson(api, "searchContactGroup", requested);
  expect(api.violations()).toMatchObject([{ rule }]);
});

test("the same fault of all items is one violation with all its places", async () => {
  const items = Array.from({ length: 300 }, () => ({ Type: "1", To_Account: "a" }));
  await fetchJson(api, "searchContactGroup", search({ ContactItem: [...items.slice(1), conversation] }));
  const [violation, ...others] = api.violations();
  expect(others).toEqual([]);
  expect(violation).toMatchObject({
    pointer: "/ContactItem/0/Type",
    message: '/ContactItem/0/Type must be 1 or 2, but is "1" (and 298 more places)',
  });
  expect(violation?.also).toHaveLength(298);
  expect(violation?.also?.at(-1)).toBe("/ContactItem/298/Type");
});

test("different faults of the items are different violations", async () => {
  const items = [
    { Type: "1", To_Account: "a" },
    { Type: 1, To_Account: 5 },
    { Type: 1, To_Account: "" },
  ];
  await fetchJson(api, "searchContactGroup", search({ ContactItem: items }));
  expect(api.violations().map(({ pointer }) => pointer)).toEqual([
    "/ContactItem/0/Type",
    "/ContactItem/1/To_Account",
    "/ContactItem/2/To_Account",
  ]);
});

test.each<[string, object, string]>([
  ["with the other ID", { Type: 2, To_Account: "a" }, "Add the field ToGroupId, which Type 2 needs."],
  [
    "with both IDs",
    { Type: 1, To_Account: "a", ToGroupId: "b" },
    "Remove the field ToGroupId, which Type 1 does not have, or correct the kind.",
  ],
])("the fix of a conversation %s is that of its Type", async (_title, item, fix) => {
  await fetchJson(api, "searchContactGroup", search({ ContactItem: [item] }));
  expect(api.violations().map((violation) => violation.fix)).toEqual([fix]);
});
