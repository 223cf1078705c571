import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteLength, check, explain, type CheckOptions, type Field } from "../../src/check/index.ts";

const id = { type: "string", minLength: 1, maxLength: 32, maxBytes: 32, pattern: "^[\\x20-\\x7E]+$" } as const;
const conversations = {
  type: "union",
  by: "Type",
  alternatives: [
    {
      value: 1,
      type: "object",
      required: ["Type", "To_Account"],
      fields: { Type: { type: "integer", enum: [1] }, To_Account: id },
      closed: true,
    },
    {
      value: 2,
      type: "object",
      required: ["Type", "ToGroupId"],
      fields: { Type: { type: "integer", enum: [2] }, ToGroupId: id },
      closed: true,
    },
  ],
} as const;
const groupField = {
  type: "object",
  required: ["GroupName"],
  closed: true,
  fields: {
    GroupName: { type: "string", minLength: 1, maxLength: 64, maxBytes: 32, maxBytesDisputed: 64 },
    ContactItem: { type: "array", maxItems: 100, items: conversations, errors: { maxItems: 51006 } },
  },
} as const;

/** Fields such as the description has. */
const requestBodies = {
  getContactGroup: {
    type: "object",
    required: ["From_Account", "StartIndex"],
    closed: true,
    fields: { From_Account: id, StartIndex: { type: "integer", minimum: 0 } },
  },
  searchContactGroup: {
    type: "object",
    required: ["From_Account", "ContactItem"],
    closed: true,
    fields: { From_Account: id, ContactItem: { type: "array", minItems: 1, maxItems: 300, items: conversations } },
  },
  createContactGroup: {
    type: "object",
    required: ["From_Account", "GroupContactItem"],
    closed: true,
    fields: { From_Account: id, GroupContactItem: { type: "array", minItems: 1, maxItems: 1, items: groupField } },
  },
} as const satisfies Readonly<Record<string, Field>>;

const conversation = { Type: 1, To_Account: "user0" };
const page = (fields: object) => ({ From_Account: "user15", StartIndex: 0, ...fields });
const search = (...ContactItem: readonly unknown[]) => ({ From_Account: "user15", ContactItem });
const group = (fields: object) => ({ From_Account: "user15", GroupContactItem: [fields] });

function words(field: Field, value: unknown, options?: CheckOptions): readonly string[] {
  return check(field, value, options).map((issue) => explain(issue));
}

describe("says where a value is wrong, what it must be and what it is:", () => {
  test.each<[string, Field, unknown, string]>([
    ["no object", requestBodies.getContactGroup, [], "The body must be an object, but is an array of 0 items"],
    ["no text", requestBodies.getContactGroup, page({ From_Account: 1 }), "/From_Account must be a string, but is 1"],
    [
      "an empty text",
      requestBodies.getContactGroup,
      page({ From_Account: "" }),
      "/From_Account must have at least 1 character, but has 0",
    ],
    [
      "a long text",
      requestBodies.getContactGroup,
      page({ From_Account: "x".repeat(33) }),
      "/From_Account must have at most 32 characters, but has 33",
    ],
    [
      "another pattern",
      requestBodies.getContactGroup,
      page({ From_Account: "änn" }),
      '/From_Account must match ^[\\x20-\\x7E]+$, but is "änn"',
    ],
    [
      "no integer",
      requestBodies.getContactGroup,
      page({ StartIndex: 0.5 }),
      "/StartIndex must be an integer, but is 0.5",
    ],
    [
      "a low number",
      requestBodies.getContactGroup,
      page({ StartIndex: -1 }),
      "/StartIndex must be at least 0, but is -1",
    ],
    [
      "a missing field",
      requestBodies.getContactGroup,
      { From_Account: "user15" },
      "/StartIndex is required, but is missing",
    ],
    [
      "a field that is undefined",
      requestBodies.getContactGroup,
      { From_Account: "user15", StartIndex: undefined },
      "/StartIndex is required, but is missing",
    ],
    [
      "a field in other letters",
      requestBodies.getContactGroup,
      { From_Account: "user15", startIndex: 0 },
      '/StartIndex is required, but is missing; there is "startIndex", and names are case-sensitive',
    ],
    ["an unknown field", requestBodies.getContactGroup, page({ Page: 1 }), 'The body must not have the field "Page"'],
    [
      "a long unknown name",
      requestBodies.getContactGroup,
      page({ ["x".repeat(99)]: 1 }),
      `The body must not have the field "${"x".repeat(64)}..."`,
    ],
    ["no item", requestBodies.searchContactGroup, search(), "/ContactItem must have at least 1 item, but has 0"],
    [
      "too many items",
      requestBodies.createContactGroup,
      { From_Account: "user15", GroupContactItem: [{ GroupName: "a" }, { GroupName: "b" }] },
      "/GroupContactItem must have at most 1 item, but has 2",
    ],
    [
      "another tag",
      requestBodies.searchContactGroup,
      search(conversation, { Type: 3 }),
      "/ContactItem/1/Type must be 1 or 2, but is 3",
    ],
    [
      "none of three values",
      { type: "object", required: [], fields: { OptType: { type: "integer", enum: [1, 2, 3] } } },
      { OptType: 4 },
      "/OptType must be 1, 2 or 3, but is 4",
    ],
    [
      "a tag as text",
      requestBodies.searchContactGroup,
      search({ ...conversation, Type: "1" }),
      '/ContactItem/0/Type must be 1 or 2, but is "1"',
    ],
    [
      "no tag",
      requestBodies.searchContactGroup,
      search({ To_Account: "user0" }),
      "/ContactItem/0/Type is required, but is missing",
    ],
    [
      "a field of another alternative",
      requestBodies.searchContactGroup,
      search({ ...conversation, ToGroupId: "g" }),
      '/ContactItem/0 must not have the field "ToGroupId" where Type is 1',
    ],
    [
      "too many bytes",
      requestBodies.createContactGroup,
      group({ GroupName: "家".repeat(11) }),
      "/GroupContactItem/0/GroupName must have at most 32 bytes in UTF-8, but has 33",
    ],
    [
      "a function",
      requestBodies.searchContactGroup,
      search(() => "secret"),
      "/ContactItem/0 must be an object, but is a function",
    ],
    ["null", requestBodies.searchContactGroup, search(null), "/ContactItem/0 must be an object, but is null"],
    [
      "a hole in a list",
      requestBodies.searchContactGroup,
      { From_Account: "user15", ContactItem: Array.from({ length: 1 }) },
      "/ContactItem/0 must be an object, but is undefined",
    ],
  ])("%s", (_, field, value, text) => {
    expect(words(field, value)[0]).toBe(text);
  });
});

describe("a field can have", () => {
  test.each<[string, Field, readonly unknown[], readonly unknown[]]>([
    ["null in addition to its type", { type: "string", nullable: true }, ["", null], [1, undefined]],
    ["one of some values", { type: "integer", enum: [1, 2] }, [1, 2], [3, "1"]],
    ["one of some texts", { type: "string", enum: ["a"] }, ["a"], ["b", ""]],
    ["true or false", { type: "boolean" }, [true, false], [1, "true", null]],
    ["true only", { type: "boolean", enum: [true] }, [true], [false]],
    ["a value of one of two types", { type: "scalar", types: ["string", "integer"] }, ["", 1], [0.5, true, null, {}]],
    [
      "any finite integer",
      { type: "integer" },
      [0, -0, 1e15, 2 ** 53, 1e300],
      [NaN, Infinity, -Infinity, 0.5, 1e-300, "1"],
    ],
    ["a finite integer or text", { type: "scalar", types: ["integer"] }, [0], [NaN, Infinity, -Infinity]],
    ["any finite number", { type: "number", exclusiveMinimum: 0, maximum: 1 }, [0.5, 1], [0, 1.1, NaN, Infinity, "1"]],
    ["other fields, where it is open", { type: "object", required: [], fields: {} }, [{}, { a: 1 }], [[], null]],
  ])("%s", (_, field, accepted, rejected) => {
    const fits = (value: unknown): boolean => check(field, value).length === 0;
    expect(accepted.filter((value) => !fits(value))).toEqual([]);
    expect(rejected.filter(fits)).toEqual([]);
  });
});

describe("by option", () => {
  const name = "n".repeat(64);

  test("the limit of bytes that documents dispute is the smaller, the larger or none", () => {
    expect(words(requestBodies.createContactGroup, group({ GroupName: name }))).toHaveLength(1);
    expect(words(requestBodies.createContactGroup, group({ GroupName: name }), { disputed: "larger" })).toEqual([]);
    const longer = group({ GroupName: "家".repeat(22) });
    expect(words(requestBodies.createContactGroup, longer, { disputed: "larger" })).toHaveLength(1);
    expect(words(requestBodies.createContactGroup, longer, { disputed: "none" })).toEqual([]);
  });

  test("accepts unknown fields and rejects those of another alternative", () => {
    expect(words(requestBodies.getContactGroup, page({ New: 1 }), { closed: false })).toEqual([]);
    expect(
      words(requestBodies.searchContactGroup, search({ ...conversation, ToGroupId: "g" }), { closed: false }),
    ).toHaveLength(1);
  });

  test("a list can be longer than one call takes, and its items are checked", () => {
    const items = Array.from({ length: 301 }, () => conversation);
    expect(words(requestBodies.searchContactGroup, search(...items))).toHaveLength(1);
    expect(words(requestBodies.searchContactGroup, search(...items), { anyLength: true })).toEqual([]);
    expect(words(requestBodies.searchContactGroup, search(...items, null), { anyLength: true })).toHaveLength(1);
  });

  test("with exact, integers are safe integers and strings can be encoded as UTF-8", () => {
    expect(words(requestBodies.getContactGroup, page({ StartIndex: 2 ** 53 }))).toEqual([]);
    expect(words(requestBodies.getContactGroup, page({ StartIndex: 2 ** 53 }), { exact: true })).toHaveLength(1);
    expect(words(requestBodies.createContactGroup, group({ GroupName: "a\ud83d" }))).toEqual([]);
    expect(words(requestBodies.createContactGroup, group({ GroupName: "a\ud83d" }), { exact: true })).toEqual([
      "/GroupContactItem/0/GroupName must be text that UTF-8 can hold, but has half of a surrogate pair",
    ]);
  });

  test("returns all violations in the order of the description", () => {
    const body = { ContactItem: [{ Type: 3 }, { Type: 1, To_Account: "", X: 1 }], Y: 2 };
    expect(
      check(requestBodies.searchContactGroup, body, { all: true }).map(({ pointer, rule }) => `${pointer} ${rule}`),
    ).toEqual([
      "/From_Account required",
      "/ContactItem/0/Type enum",
      "/ContactItem/1/To_Account minLength",
      "/ContactItem/1/X additionalProperties",
      "/Y additionalProperties",
    ]);
  });
});

test("a violation has the code that the description names for the keyword", () => {
  const items = Array.from({ length: 101 }, () => conversation);
  expect(check(requestBodies.createContactGroup, group({ GroupName: "a", ContactItem: items }))).toMatchObject([
    { rule: "maxItems", code: 51006 },
  ]);
  expect(check(requestBodies.createContactGroup, group({ GroupName: "" }))).toMatchObject([
    { rule: "minLength", code: undefined },
  ]);
});

test("the message shows no value with values: false", () => {
  const [issue] = check(requestBodies.getContactGroup, page({ From_Account: "ключ-to-everything" }));
  expect(explain(issue!, { values: false })).toBe("/From_Account must match ^[\\x20-\\x7E]+$, but is a string");
});

test("reports a missing field that has the name of an inherited property", () => {
  const field: Field = {
    type: "object",
    required: ["constructor"],
    fields: { constructor: { type: "string" } as const },
  };
  expect(words(field, {})).toEqual(["/constructor is required, but is missing"]);
  expect(
    check(requestBodies.getContactGroup, JSON.parse('{"From_Account":"a","StartIndex":0,"__proto__":1}')),
  ).toMatchObject([{ pointer: "/__proto__" }]);
});

test("counts the bytes of any text as UTF-8 encodes it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }), (text) => {
      expect(byteLength(text)).toBe(Buffer.byteLength(text));
    }),
  );
});
