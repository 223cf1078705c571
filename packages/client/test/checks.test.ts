import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkRequest } from "../src/call.ts";
import { requestBodies, requestExamples, type Field, type OperationId } from "@contact-groups/openapi/model";
import { InvalidArgumentError } from "../src/index.ts";
import { createMockClient } from "../src/testing.ts";
import { respondWith, clientOf, okBody, recorder, rejection } from "./respond.ts";

const one = { Type: 1, To_Account: "user0" };
const named = (GroupName: string) => ({ From_Account: "user15", GroupContactItem: [{ GroupName }] });
const create = (group: object) => ({ From_Account: "user15", GroupContactItem: [group] });
const add = (...ContactItem: unknown[]) => create({ GroupName: "family", ContactItem });
const search = (...ContactItem: unknown[]) => ({ From_Account: "user15", ContactItem });
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ Type: 1, To_Account: `user${index}` }));

function messageOf(operation: OperationId, body: unknown): string {
  try {
    checkRequest(operation, body);
  } catch (error) {
    if (error instanceof InvalidArgumentError && error.pointer === error.argument && error.operation === operation)
      return error.message;
    throw error;
  }
  throw new Error("the request was not rejected");
}

test.each(
  (Object.keys(requestExamples) as OperationId[]).flatMap((operation) =>
    Object.entries(requestExamples[operation]).map(([name, body]) => [operation, name, body] as const),
  ),
)("%s: lets the example %s of the description pass", (operation, _, body) => {
  expect(() => checkRequest(operation, body)).not.toThrow();
});

const { From_Account, ContactItem } = requestBodies.searchContactGroup.fields;
const { GroupContactItem } = requestBodies.createContactGroup.fields;
const { GroupName, ContactItem: added } = GroupContactItem.items.fields;
const { ToGroupId } = ContactItem.items.alternatives[1].fields;
const disputed = GroupName.maxBytesDisputed;

describe("rejects with the JSON pointer, the expected value and the actual value:", () => {
  test.each<[string, OperationId, unknown, string]>([
    ["no body", "getContactGroup", undefined, "The body must be an object, but is undefined"],
    ["a list as the body", "getContactGroup", [], "The body must be an object, but is an array of 0 items"],
    ["a missing field", "getContactGroup", { StartIndex: 0 }, "/From_Account is required, but is missing"],
    [
      "a field in other letters",
      "getContactGroup",
      { from_account: "user15", StartIndex: 0 },
      '/From_Account is required, but is missing; there is "from_account", and names are case-sensitive',
    ],
    [
      "an empty UserID",
      "getContactGroup",
      { From_Account: "", StartIndex: 0 },
      "/From_Account must have at least 1 character, but has 0",
    ],
    [
      "a UserID that is too long",
      "getContactGroup",
      { From_Account: "u".repeat(From_Account.maxLength + 1), StartIndex: 0 },
      `/From_Account must have at most ${From_Account.maxLength} characters, but has ${From_Account.maxLength + 1}`,
    ],
    [
      "a UserID that is not ASCII",
      "getContactGroup",
      { From_Account: "用户", StartIndex: 0 },
      `/From_Account must match ${From_Account.pattern}, but is a string`,
    ],
    [
      "a StartIndex below 0",
      "getContactGroup",
      { From_Account: "a", StartIndex: -1 },
      "/StartIndex must be at least 0, but is -1",
    ],
    ...[Infinity, -Infinity, NaN, 2 ** 53].map((StartIndex): [string, "getContactGroup", object, string] => [
      `a StartIndex of ${StartIndex}`,
      "getContactGroup",
      { From_Account: "a", StartIndex },
      `/StartIndex must be an integer, but is ${StartIndex}`,
    ]),
    [
      "a StartIndex as a string",
      "getContactGroup",
      { From_Account: "a", StartIndex: "0" },
      "/StartIndex must be an integer, but is a string",
    ],
    [
      "a StartIndex that is not an integer",
      "getContactGroup",
      { From_Account: "a", StartIndex: 0.5 },
      "/StartIndex must be an integer, but is 0.5",
    ],
    [
      "a StartIndex that a number does not hold exactly",
      "getContactGroup",
      { From_Account: "a", StartIndex: 2 ** 53 },
      "/StartIndex must be an integer, but is 9007199254740992",
    ],
    [
      "no group",
      "createContactGroup",
      { From_Account: "a", GroupContactItem: [] },
      "/GroupContactItem must have at least 1 item, but has 0",
    ],
    [
      "two groups",
      "createContactGroup",
      { From_Account: "a", GroupContactItem: [{ GroupName: "a" }, { GroupName: "b" }] },
      "/GroupContactItem must have at most 1 item, but has 2",
    ],
    [
      "a group that is not a list",
      "createContactGroup",
      { From_Account: "a", GroupContactItem: { GroupName: "a" } },
      "/GroupContactItem must be an array, but is an object",
    ],
    [
      "a function instead of a group",
      "createContactGroup",
      { From_Account: "a", GroupContactItem: [() => "a secret"] },
      "/GroupContactItem/0 must be an object, but is a function",
    ],
    [
      "an empty group name",
      "createContactGroup",
      create({ GroupName: "" }),
      "/GroupContactItem/0/GroupName must have at least 1 character, but has 0",
    ],
    [
      "a group name of more bytes than the larger of two limits",
      "createContactGroup",
      create({ GroupName: "家".repeat(Math.ceil((disputed + 1) / 3)) }),
      `/GroupContactItem/0/GroupName must have at most ${disputed} bytes in UTF-8, but has ${3 * Math.ceil((disputed + 1) / 3)}`,
    ],
    [
      "a group name with half a character",
      "createContactGroup",
      create({ GroupName: "a\ud83d" }),
      "/GroupContactItem/0/GroupName must be text that UTF-8 can hold, but has half of a surrogate pair",
    ],
    [
      "too many conversations to add",
      "createContactGroup",
      add(...many(added.maxItems + 1)),
      `/GroupContactItem/0/ContactItem must have at most ${added.maxItems} items, but has ${added.maxItems + 1}`,
    ],
    ["no conversation to look up", "searchContactGroup", search(), "/ContactItem must have at least 1 item, but has 0"],
    ["a third type", "searchContactGroup", search(one, { Type: 3 }), "/ContactItem/1/Type must be 1 or 2, but is 3"],
    [
      "a type as a string",
      "searchContactGroup",
      search({ ...one, Type: "1" }),
      "/ContactItem/0/Type must be 1 or 2, but is a string",
    ],
    ["no type", "searchContactGroup", search({ To_Account: "a" }), "/ContactItem/0/Type is required, but is missing"],
    [
      "a group conversation without its id",
      "searchContactGroup",
      search({ Type: 2 }),
      "/ContactItem/0/ToGroupId is required, but is missing",
    ],
    [
      "the id of the other type",
      "createContactGroup",
      add({ Type: 1, ToGroupId: "g" }),
      "/GroupContactItem/0/ContactItem/0/To_Account is required, but is missing",
    ],
    [
      "both ids",
      "searchContactGroup",
      search({ ...one, ToGroupId: "g" }),
      '/ContactItem/0 must not have the field "ToGroupId" where Type is 1',
    ],
    [
      "a GroupID that is too long",
      "searchContactGroup",
      search({ Type: 2, ToGroupId: "g".repeat(ToGroupId.maxLength + 1) }),
      `/ContactItem/0/ToGroupId must have at most ${ToGroupId.maxLength} characters, but has ${ToGroupId.maxLength + 1}`,
    ],
    [
      "a value that is not a conversation",
      "searchContactGroup",
      search(null),
      "/ContactItem/0 must be an object, but is null",
    ],
  ])("%s", (_, operation, body, message) => {
    expect(messageOf(operation, body)).toBe(message);
  });
});

test.each<[string, OperationId, unknown]>([
  [
    "a group name between the limits that documents dispute",
    "createContactGroup",
    create({ GroupName: "n".repeat(disputed) }),
  ],
  ["a group without conversations", "createContactGroup", create({ GroupName: "family" })],
  ["as many conversations to add as one call takes", "createContactGroup", add(...many(added.maxItems))],
  ["as many conversations to look up as one call takes", "searchContactGroup", search(...many(ContactItem.maxItems))],
  ["fields that are not described", "getContactGroup", { From_Account: "a", StartIndex: 0, New: [{ Type: 9 }] }],
  ["fields of a conversation that are not described", "searchContactGroup", search({ ...one, New: 1 })],
])("accepts %s", (_, operation, body) => {
  expect(() => checkRequest(operation, body)).not.toThrow();
});

test("shows no text of an invalid request", () => {
  const secret = "a key in the wrong place";
  for (const body of [secret, { From_Account: [secret] }, { From_Account: `${secret}\n`, StartIndex: 0 }])
    expect(messageOf("getContactGroup", body)).not.toContain(secret);
});

/** Every keyword that the description can have in a request, also those that no request has today. */
const everything: Field = {
  type: "object",
  required: ["Flag"],
  fields: {
    Flag: { type: "boolean" },
    Always: { type: "boolean", enum: [true] },
    Mode: { type: "integer", enum: [1, 2] },
    Word: { type: "string", enum: ["a", "b"] },
    Level: { type: "integer", minimum: 1, maximum: 9 },
    Share: { type: "number", exclusiveMinimum: 0, maximum: 1 },
    Note: { type: "string", nullable: true, minLength: 2, maxLength: 4, pattern: "^n" },
    Bytes: { type: "string", maxBytes: 6 },
    List: { type: "array", nullable: true, minItems: 1, maxItems: 2, items: { type: "integer", nullable: true } },
    Inner: { type: "object", required: [], fields: { Deep: { type: "integer", enum: [7] } }, closed: true },
  },
};

test.each<[string, object, string]>([
  ["a boolean", { Flag: "true" }, "/Flag must be a boolean, but is a string"],
  ["a const", { Always: false }, "/Always must be true, but is false"],
  ["an enum of numbers", { Mode: 7 }, "/Mode must be 1 or 2, but is 7"],
  ["an enum of texts", { Word: "c" }, '/Word must be "a" or "b", but is a string'],
  ["minimum", { Level: 0 }, "/Level must be at least 1, but is 0"],
  ["maximum", { Level: 10 }, "/Level must be at most 9, but is 10"],
  ["exclusiveMinimum", { Share: 0 }, "/Share must be above 0, but is 0"],
  ["a number", { Share: Number.NaN }, "/Share must be a number, but is NaN"],
  ["nullable", { Note: 1 }, "/Note must be a string or null, but is 1"],
  ["minLength", { Note: "n" }, "/Note must have at least 2 characters, but has 1"],
  ["maxLength", { Note: "n😀😀😀😀" }, "/Note must have at most 4 characters, but has 5"],
  ["pattern", { Note: "other".slice(0, 3) }, "/Note must match ^n, but is a string"],
  ["x-maxBytes", { Bytes: "家家家" }, "/Bytes must have at most 6 bytes in UTF-8, but has 9"],
  ["minItems", { List: [] }, "/List must have at least 1 item, but has 0"],
  ["maxItems", { List: [1, 2, 3] }, "/List must have at most 2 items, but has 3"],
  ["items", { List: [null, "1"] }, "/List/1 must be an integer or null, but is a string"],
  ["a const behind an object", { Inner: { Deep: 8 } }, "/Inner/Deep must be 7, but is 8"],
  ["required", { Flag: undefined }, "/Flag is required, but is missing"],
])("checks %s, also where no request of the description has it", (_, fields, message) => {
  expect(() => checkRequest("getContactGroup", { Flag: true, ...fields }, { field: everything })).toThrow(
    new InvalidArgumentError(message.split(" ")[0]!, "", "", { operation: "getContactGroup", message }),
  );
});

test("accepts values that satisfy each keyword", () => {
  const fits = { Flag: false, Always: true, Mode: 2, Word: "b", Level: 9, Share: 1, Note: null, Bytes: "家家" };
  for (const more of [
    { List: [1, null] },
    { List: null },
    { Note: "n😀😀😀" },
    { Inner: { Deep: 7, New: 1 } },
    { New: 1 },
  ])
    expect(() => checkRequest("getContactGroup", { ...fits, ...more }, { field: everything })).not.toThrow();
});

test("does not send an invalid request, unless checks are off", async () => {
  const { fetch, requests } = recorder();
  const wrong = { From_Account: "", StartIndex: -1 };
  expect(await rejection(clientOf(fetch).getContactGroup(wrong))).toMatchObject({
    pointer: "/From_Account",
    attempts: 0,
  });
  expect(requests).toEqual([]);
  expect(await clientOf(respondWith(okBody), { checks: false }).getContactGroup(wrong)).toEqual(okBody);
});

test("ends with nothing but an InvalidArgumentError, for any body", () => {
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(requestBodies) as OperationId[])), fc.anything(), (operation, body) => {
      try {
        checkRequest(operation, body);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidArgumentError);
      }
    }),
  );
});

test.each([
  ["smaller", GroupName.maxBytes, GroupName.maxBytes + 1],
  ["larger", disputed, disputed + 1],
] as const)("with the option disputed %s, %i bytes are the limit", async (limit, most, more) => {
  const client = createMockClient({ checks: { disputed: limit } });
  await client.createContactGroup(named("n".repeat(most)));
  for (const size of [more, 2 * disputed]) {
    const error = await rejection(client.createContactGroup(named("n".repeat(size))));
    expect(error).toMatchObject({
      name: "InvalidArgumentError",
      message: expect.stringMatching(`must have at most ${most} (bytes in UTF-8|characters), but has ${size}$`),
    });
  }
});

test.each([[null], ["smaller"], [{ disputed: "least" }]])("rejects %j as the option checks", (checks) => {
  expect(() => createMockClient({ checks: checks as never })).toThrow(/^checks(\.disputed)? must be /);
});
