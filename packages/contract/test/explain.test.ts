import { afterAll, beforeAll, expect, test } from "vitest";
import { explainer } from "../src/explain.ts";
import { startContractServer, type ContractServer } from "../src/index.ts";
import { post, urlOf } from "./calls.ts";

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());

const From_Account = "user_0001";
const one = { Type: 1, To_Account: "user_0002" };

test.each([
  [{ ...one, Type: "1" }, '/ContactItem/0/Type must be 1 or 2, but is "1"'],
  [{ Type: 3 }, "/ContactItem/0/Type must be 1 or 2, but is 3"],
  [{ To_Account: "user_0002" }, "/ContactItem/0/Type is required, but is missing"],
  [
    { Type: 1, To_Acount: "user_0002" },
    '/ContactItem/0 has the unknown field "To_Acount"; did you mean "To_Account"? (and 1 more)',
  ],
  [{ ...one, Colour: "red" }, '/ContactItem/0 has the unknown field "Colour"'],
  [{ ...one, ToGroupId: "@TGS#1" }, '/ContactItem/0 must not have the field "ToGroupId"'],
  [{ Type: 1, ToGroupId: "@TGS#1" }, "/ContactItem/0/To_Account is required, but is missing"],
  [{ Type: 1, To_Account: null }, "/ContactItem/0/To_Account must be a string, but is null"],
  ["user_0002", '/ContactItem/0 must be an object, but is "user_0002"'],
  [[one], "/ContactItem/0 must be an object, but is an array of 1 item"],
])("explains the conversation %j", async (conversation, info) => {
  const { body } = await post(await urlOf(server, "searchContactGroup"), { From_Account, ContactItem: [conversation] });
  expect(body.ErrorInfo).toBe(info);
});

test.each([
  [
    "searchContactGroup",
    { From_Account, ContactItems: [one] },
    'The body has the unknown field "ContactItems"; did you mean "ContactItem"? (and 1 more)',
  ],
  [
    "searchContactGroup",
    { From_Account, ContactItem: [...Array.from({ length: 11 }, () => one), { ...one, Type: "x" }] },
    '/ContactItem/11/Type must be 1 or 2, but is "x"',
  ],
  [
    "createContactGroup",
    { From_Account, GroupContactItem: { GroupName: "a" } },
    "/GroupContactItem must be an array, but is an object",
  ],
  ["getContactGroup", {}, "/From_Account is required, but is missing (and 1 more)"],
] as const)("explains what is wrong with a body of %s (%#)", async (operationId, request, info) => {
  const { body } = await post(await urlOf(server, operationId), request);
  expect(body.ErrorInfo).toBe(info);
});

const text = { type: "string", minLength: 2, maxLength: 4, "x-maxBytes": 6, pattern: "^[^b]*$" };
const list = { type: "array", minItems: 1, maxItems: 2, items: { type: ["integer", "null"], minimum: 0, maximum: 9 } };

test.each([
  [text, "a", "The body must have at least 2 characters, but has 1"],
  [text, "aaaaa", "The body must have at most 4 characters, but has 5"],
  [text, "群群群", "The body must have at most 6 bytes in UTF-8, but has 9"],
  [text, "abc", 'The body must match ^[^b]*$, but is "abc"'],
  [{ pattern: "^a*$" }, "b".repeat(99), "The body must match ^a*$, but is a string of 99 characters"],
  [list, [], "The body must have at least 1 item, but has 0"],
  [list, [1, 2, 3], "The body must have at most 2 items, but has 3"],
  [list, [10], "/0 must be at most 9, but is 10"],
  [list, [null, -1], "/1 must be at least 0, but is -1"],
  [list, ["1"], '/0 must be an integer or null, but is "1"'],
  [{ const: "json" }, "xml", 'The body must be "json", but is "xml"'],
  [{ type: "object", properties: { "a/b": { type: "null" } } }, { "a/b": 1 }, "/a~1b must be null, but is 1"],
  [{ anyOf: [{ type: "string" }, { minimum: 5 }] }, 3, "The body must be a string, but is 3"],
  [{ not: {} }, 3, "The body must NOT be valid"],
])("explains the schema %j", (schema, value, info) => {
  expect(explainer(schema, true)(value)[0]?.text).toBe(info);
});

test("takes the code from the schema that names one for the broken keyword", () => {
  const schema = { properties: { a: { maxLength: 1, minLength: 1, "x-errorCodes": { maxLength: 7 } } } };
  expect(explainer(schema, true)({ a: "aa" })).toMatchObject([{ keyword: "maxLength", code: 7 }]);
  expect(explainer(schema, true)({ a: "" })).toMatchObject([{ keyword: "minLength", code: undefined }]);
});

test("answers a large invalid body with its first broken rule, without asking Prism", async () => {
  const { body, verdict } = await post(await urlOf(server, "searchContactGroup"), {
    From_Account,
    ContactItem: Array(400_000).fill(0),
  });
  expect(body.ErrorInfo).toMatch(/^\/ContactItem must have at most \d+ items, but has 400000$/);
  expect(verdict).toBeUndefined();
});

test("answers a body that is nested a hundred thousand levels deep", async () => {
  const { body } = await post(await urlOf(server, "getContactGroup"), "[".repeat(100_000) + "]".repeat(100_000));
  expect(body.ErrorInfo).toBe("The body must be an object, but is an array of 1 item");
});
