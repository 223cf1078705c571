import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkRequest } from "../src/checks/check-request.ts";
import { utf8Bytes } from "../src/checks/utf8-bytes.ts";
import { requestExamples } from "../src/generated/examples.ts";
import type { OperationId } from "../src/generated/operations.ts";
import { InvalidArgumentError } from "../src/index.ts";
import { answer, clientOf, okBody, recorder, rejection } from "./answer.ts";

const one = { Type: 1, To_Account: "user0" };
const create = (group: object) => ({ From_Account: "user15", GroupContactItem: [group] });
const add = (...ContactItem: unknown[]) => create({ GroupName: "family", ContactItem });
const search = (...ContactItem: unknown[]) => ({ From_Account: "user15", ContactItem });
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ Type: 1, To_Account: `user${index}` }));

function refusal(operation: OperationId, body: unknown): string {
  try {
    checkRequest(operation, body);
  } catch (error) {
    if (error instanceof InvalidArgumentError && error.pointer === error.argument && error.operation === operation)
      return error.message;
    throw error;
  }
  throw new Error("the request was not refused");
}

test.each(
  (Object.keys(requestExamples) as OperationId[]).flatMap((operation) =>
    Object.entries(requestExamples[operation]).map(([name, body]) => [operation, name, body] as const),
  ),
)("%s: lets the example %s of the description pass", (operation, _, body) => {
  expect(() => checkRequest(operation, body)).not.toThrow();
});

describe("refuses with the JSON pointer, what was expected and what was found:", () => {
  test.each<[string, OperationId, unknown, string]>([
    ["no body", "getContactGroup", undefined, "body: expected an object, found undefined"],
    ["a list as the body", "getContactGroup", [], "body: expected an object, found a list"],
    ["a missing field", "getContactGroup", { StartIndex: 0 }, "/From_Account: expected text, found undefined"],
    [
      "an empty UserID",
      "getContactGroup",
      { From_Account: "", StartIndex: 0 },
      "/From_Account: expected text that is not empty, found empty text",
    ],
    [
      "a UserID of 33 bytes",
      "getContactGroup",
      { From_Account: "u".repeat(33), StartIndex: 0 },
      "/From_Account: expected at most 32 bytes in UTF-8, found 33 bytes",
    ],
    [
      "a UserID that is not ASCII",
      "getContactGroup",
      { From_Account: "用户", StartIndex: 0 },
      "/From_Account: expected text that matches ^[\\x20-\\x7E]+$, found other text",
    ],
    [
      "a StartIndex below 0",
      "getContactGroup",
      { From_Account: "a", StartIndex: -1 },
      "/StartIndex: expected an integer from 0 on, found the number -1",
    ],
    [
      "a StartIndex as text",
      "getContactGroup",
      { From_Account: "a", StartIndex: "0" },
      "/StartIndex: expected an integer from 0 on, found text",
    ],
    [
      "a StartIndex that is no integer",
      "getContactGroup",
      { From_Account: "a", StartIndex: 0.5 },
      "/StartIndex: expected an integer from 0 on, found the number 0.5",
    ],
    [
      "no group",
      "createContactGroup",
      { From_Account: "a", GroupContactItem: [] },
      "/GroupContactItem: expected a list of 1 to 1, found one of 0",
    ],
    [
      "two groups",
      "createContactGroup",
      { From_Account: "a", GroupContactItem: [{ GroupName: "a" }, { GroupName: "b" }] },
      "/GroupContactItem: expected a list of 1 to 1, found one of 2",
    ],
    [
      "a group that is no list",
      "createContactGroup",
      { From_Account: "a", GroupContactItem: { GroupName: "a" } },
      "/GroupContactItem: expected a list, found an object",
    ],
    [
      "an empty group name",
      "createContactGroup",
      create({ GroupName: "" }),
      "/GroupContactItem/0/GroupName: expected text that is not empty, found empty text",
    ],
    [
      "a group name of 66 bytes in 22 characters",
      "createContactGroup",
      create({ GroupName: "家".repeat(22) }),
      "/GroupContactItem/0/GroupName: expected at most 64 bytes in UTF-8, found 66 bytes",
    ],
    [
      "a group name with half a character",
      "createContactGroup",
      create({ GroupName: "a\ud83d" }),
      "/GroupContactItem/0/GroupName: expected text that UTF-8 can hold, found half of a surrogate pair",
    ],
    [
      "101 conversations to add",
      "createContactGroup",
      add(...many(101)),
      "/GroupContactItem/0/ContactItem: expected a list of 0 to 100, found one of 101",
    ],
    [
      "no conversation to look up",
      "searchContactGroup",
      search(),
      "/ContactItem: expected a list of 1 to 300, found one of 0",
    ],
    [
      "a third type",
      "searchContactGroup",
      search(one, { Type: 3 }),
      "/ContactItem/1/Type: expected 1 or 2, found the number 3",
    ],
    [
      "a type as text",
      "searchContactGroup",
      search({ ...one, Type: "1" }),
      "/ContactItem/0/Type: expected 1 or 2, found text",
    ],
    [
      "no type",
      "searchContactGroup",
      search({ To_Account: "a" }),
      "/ContactItem/0/Type: expected 1 or 2, found undefined",
    ],
    [
      "a group conversation without its id",
      "searchContactGroup",
      search({ Type: 2 }),
      "/ContactItem/0/ToGroupId: expected text, found undefined",
    ],
    [
      "the id of the other type",
      "createContactGroup",
      add({ Type: 1, ToGroupId: "g" }),
      "/GroupContactItem/0/ContactItem/0/To_Account: expected text, found undefined",
    ],
    [
      "both ids",
      "searchContactGroup",
      search({ ...one, ToGroupId: "g" }),
      "/ContactItem/0/ToGroupId: expected none where Type is 1, found text",
    ],
    [
      "a GroupID of 49 bytes",
      "searchContactGroup",
      search({ Type: 2, ToGroupId: "g".repeat(49) }),
      "/ContactItem/0/ToGroupId: expected at most 48 bytes in UTF-8, found 49 bytes",
    ],
    [
      "a conversation that is none",
      "searchContactGroup",
      search(null),
      "/ContactItem/0: expected an object, found null",
    ],
  ])("%s", (_, operation, body, message) => {
    expect(refusal(operation, body)).toBe(message);
  });
});

test.each<[string, OperationId, unknown]>([
  [
    "a group name between the limits that documents dispute",
    "createContactGroup",
    create({ GroupName: "n".repeat(64) }),
  ],
  ["a group without conversations", "createContactGroup", create({ GroupName: "family" })],
  ["100 conversations to add", "createContactGroup", add(...many(100))],
  ["300 conversations to look up", "searchContactGroup", search(...many(300))],
  ["fields that are not described", "getContactGroup", { From_Account: "a", StartIndex: 0, New: [{ Type: 9 }] }],
  ["fields of a conversation that are not described", "searchContactGroup", search({ ...one, New: 1 })],
])("lets pass %s", (_, operation, body) => {
  expect(() => checkRequest(operation, body)).not.toThrow();
});

test("a refused request is not sent; with checks off it is", async () => {
  const { fetch, requests } = recorder();
  const wrong = { From_Account: "", StartIndex: -1 };
  expect(await rejection(clientOf(fetch).getContactGroup(wrong))).toMatchObject({
    pointer: "/From_Account",
    attempts: 0,
  });
  expect(requests).toEqual([]);
  expect(await clientOf(answer(okBody), { checks: false }).getContactGroup(wrong)).toEqual(okBody);
});

test("counts bytes as UTF-8 does, for any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }), (text) => {
      expect(utf8Bytes(text)).toBe(!/\p{Surrogate}/u.test(text) ? new TextEncoder().encode(text).length : undefined);
    }),
  );
});

test("ends with nothing but an InvalidArgumentError, for any body", () => {
  fc.assert(
    fc.property(
      fc.constantFrom<OperationId>("createContactGroup", "getContactGroup", "searchContactGroup"),
      fc.anything(),
      (operation, body) => {
        try {
          checkRequest(operation, body);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidArgumentError);
        }
      },
    ),
  );
});
