import type { Field } from "@contact-groups/openapi/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fieldViolations } from "../src/field-violations.ts";
import { type ContractServer, startContractServer } from "../src/index.ts";
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
] as const)("describes the violations by a body of %s (%#)", async (operationId, request, info) => {
  const { body } = await post(await urlOf(server, operationId), request);
  expect(body.ErrorInfo).toBe(info);
});

test("rejects a field of another kind that Prism accepts because an earlier item has it", async () => {
  const ContactItem = [one, { Type: 2, ToGroupId: "@TGS#1", To_Account: "user_0002" }];
  const { body, verdict } = await post(await urlOf(server, "searchContactGroup"), { From_Account, ContactItem });
  expect(body.ErrorInfo).toBe('/ContactItem/1 must not have the field "To_Account"');
  // When Prism rejects it too, `beyondPrism` need not have this rule any more.
  expect(verdict?.status).toBe(200);
});

const text: Field = { type: "string", minLength: 2, maxLength: 4, maxBytes: 6, pattern: "^[^b]*$" };
const digit: Field = { type: "integer", nullable: true, minimum: 0, maximum: 9 };
const list: Field = { type: "array", minItems: 1, maxItems: 2, items: digit };

test.each<[field: Field, value: unknown, info: string]>([
  [text, "a", "The body must have at least 2 characters, but has 1"],
  [text, "aaaaa", "The body must have at most 4 characters, but has 5"],
  [text, "群群群", "The body must have at most 6 bytes in UTF-8, but has 9"],
  [text, "abc", 'The body must match ^[^b]*$, but is "abc"'],
  [{ type: "string", pattern: "^a*$" }, "b".repeat(99), "The body must match ^a*$, but is a string of 99 characters"],
  [list, [], "The body must have at least 1 item, but has 0"],
  [list, [1, 2, 3], "The body must have at most 2 items, but has 3"],
  [list, [10], "/0 must be at most 9, but is 10"],
  [list, [null, -1], "/1 must be at least 0, but is -1"],
  [list, ["1"], '/0 must be an integer or null, but is "1"'],
  [{ type: "string", enum: ["json"] }, "xml", 'The body must be "json", but is "xml"'],
  [
    { type: "object", required: [], fields: { "a/b": { type: "boolean" } } },
    { "a/b": 1 },
    "/a~1b must be a boolean, but is 1",
  ],
])("explains the field %j", (field, value, info) => {
  expect(fieldViolations(field, value, true)[0]?.message).toBe(info);
});

test("reports each rule that a text breaks", () => {
  expect(fieldViolations(text, "ebbbb群群", true).map(({ rule }) => rule)).toEqual([
    "maxLength",
    "x-maxBytes",
    "pattern",
  ]);
  expect(fieldViolations(text, "ebbbb群群", false).map(({ rule }) => rule)).toEqual(["maxLength"]);
});

test("uses the code that a field names for the broken rule", () => {
  const name: Field = { type: "string", maxLength: 1, minLength: 1, errors: { maxLength: 7 } };
  const field: Field = { type: "object", required: [], fields: { a: name } };
  expect(fieldViolations(field, { a: "aa" }, true)).toMatchObject([{ rule: "maxLength", code: 7 }]);
  expect(fieldViolations(field, { a: "" }, true)).toMatchObject([{ rule: "minLength", code: undefined }]);
});

/** An object whose field `by` determines its other field. */
const kinds = (closed: boolean): Field => ({
  type: "union",
  by: "by",
  alternatives: ["a", "b"].map((value) => ({
    type: "object",
    value,
    required: ["by", value],
    fields: { by: { type: "string", enum: [value] }, [value]: { type: "integer" } },
    ...(closed && { closed }),
  })),
});

test.each([
  [{}, [["required", "/by"]]],
  [{ by: "a" }, [["oneOf", "/a"]]],
  [{ by: "a", b: 1 }, [["oneOf", "/a"]]],
  [{ by: "a", a: 1, b: 1 }, [["oneOf", "/b"]]],
  [
    { by: "a", a: "1", c: 1, d: 1 },
    [
      ["additionalProperties", "/c"],
      ["additionalProperties", "/d"],
      ["type", "/a"],
    ],
  ],
])("reports the rules that %j breaks, the most useful first", (value, rules) => {
  expect(fieldViolations(kinds(true), value, true).map(({ rule, pointer }) => [rule, pointer])).toEqual(rules);
});

test("accepts a field of another kind where other fields are allowed", () => {
  expect(fieldViolations(kinds(false), { by: "a", a: 1, b: 1 }, true)).toEqual([]);
  expect(fieldViolations(kinds(true), { by: "a", a: 1, b: 1 }, true)).toHaveLength(1);
});

test("reports the first broken rule of a large invalid body, without Prism", async () => {
  const { body, verdict } = await post(await urlOf(server, "searchContactGroup"), {
    From_Account,
    ContactItem: Array(400_000).fill(0),
  });
  expect(body.ErrorInfo).toMatch(/^\/ContactItem must have at most \d+ items, but has 400000$/);
  expect(verdict).toBeUndefined();
});

test("responds to a body that is nested a hundred thousand levels deep", async () => {
  const { body } = await post(await urlOf(server, "getContactGroup"), "[".repeat(100_000) + "]".repeat(100_000));
  expect(body.ErrorInfo).toBe("The body must be an object, but is an array of 1 item");
});
