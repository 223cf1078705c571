import { beforeEach, expect, test } from "vitest";
import { createContractFetch } from "../../src/index.ts";
import { fetchJson, type RequestParts } from "../send.ts";

const api = createContractFetch();
beforeEach(() => api.reset());

const page = { From_Account: "user_0001", StartIndex: 0 };

test.each<[string, string, RequestParts]>([
  ["query", "/usersig", { query: { usersig: "undefined" } }],
  ["query", "/identifier", { query: { identifier: "null" } }],
  ["body", "/From_Account", { body: { ...page, From_Account: "undefined" } }],
  ["body", "/From_Account", { body: { ...page, From_Account: "[object Object]" } }],
  ["body", "/From_Account", { body: { ...page, From_Account: "None" } }],
])(
  "reports in the %s at %s a value that became text, and responds as the service",
  async (place, pointer, requested) => {
    expect(await fetchJson(api, "getContactGroup", requested)).toMatchObject({ ErrorCode: 0 });
    expect(api.violations()).toMatchObject([{ rule: "placeholder", in: place, pointer }]);
  },
);

test("reports the items of a list once", async () => {
  const ContactItem = ["undefined", "user_0002", "undefined"].map((To_Account) => ({ Type: 1, To_Account }));
  await fetchJson(api, "searchContactGroup", { body: { From_Account: "user_0001", ContactItem } });
  expect(api.violations()).toMatchObject([
    {
      rule: "placeholder",
      pointer: "/ContactItem/0/To_Account",
      also: ["/ContactItem/2/To_Account"],
      message: '/ContactItem/0/To_Account must be a value, but is the text "undefined" (and 1 more place)',
    },
  ]);
});

test("leaves what another rule reports to it", async () => {
  await fetchJson(api, "getContactGroup", { query: { sdkappid: "undefined" }, body: { ...page, StartIndex: "NaN" } });
  expect(api.violations().map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual([
    "schema /sdkappid",
    "schema /StartIndex",
  ]);
});

test("names a value that was not set, also where a UserSig belongs", async () => {
  await fetchJson(api, "getContactGroup", { query: { usersig: "undefined" } });
  const [violation] = api.violations();
  expect(violation?.message).toBe('The query parameter usersig must be a value, but is the text "undefined"');
});

test("accepts names that only have such a word", async () => {
  await fetchJson(api, "getContactGroup", { body: { ...page, From_Account: "undefined_user" } });
  expect(api.violations()).toEqual([]);
});
