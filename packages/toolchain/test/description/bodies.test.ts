import { describe, expect, test } from "vitest";
import { bundle, commands, validator } from "./bundle.ts";

const oneToOne = { Type: 1, To_Account: "user_0002" };
const group = { Type: 2, ToGroupId: "@TGS#1B2AUI7RZ" };

const create = (...groups: object[]): object => ({ From_Account: "user_0001", GroupContactItem: groups });
const createWith = (...conversations: object[]): object =>
  create({ GroupName: "group_0001", ContactItem: conversations });
const search = (...conversations: object[]): object => ({ From_Account: "user_0001", ContactItem: conversations });
const times = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ Type: 1, To_Account: `user_${index}` }));

const validators = {
  create: validator("create_contact_group", "request"),
  get: validator("get_contact_group", "request"),
  search: validator("search_contact_group", "request"),
};

describe("a request is accepted with", () => {
  test.each([
    ["create", "a one-to-one and a group conversation", createWith(oneToOne, group)],
    ["create", "100 conversations", createWith(...times(100))],
    ["create", "no conversations", create({ GroupName: "group_0001" })],
    ["get", "StartIndex 0", { From_Account: "user_0001", StartIndex: 0 }],
    ["search", "a one-to-one and a group conversation", search(oneToOne, group)],
    ["search", "300 conversations", search(...times(300))],
  ] as const)("%s: %s", (command, _, body) => {
    expect(validators[command](body)).toBe(true);
  });
});

describe("a request is rejected with", () => {
  test.each([
    ["create", 'Type "1"', createWith({ ...oneToOne, Type: "1" })],
    ["create", "Type 3", createWith({ ...oneToOne, Type: 3 })],
    [
      "create",
      "an object for GroupContactItem",
      { From_Account: "user_0001", GroupContactItem: { GroupName: "group_0001" } },
    ],
    ["create", "two GroupContactItems", create({ GroupName: "group_0001" }, { GroupName: "group_0002" })],
    ["create", "no GroupContactItem", create()],
    ["create", "101 conversations", createWith(...times(101))],
    ["create", "a misspelt ContactItems", create({ GroupName: "group_0001", ContactItems: [oneToOne] })],
    ["create", "a one-to-one conversation with only ToGroupId", createWith({ Type: 1, ToGroupId: group.ToGroupId })],
    ["create", "a conversation with an unknown field", createWith({ ...oneToOne, Nick: "Bob" })],
    ["create", "an unknown field", { ...create({ GroupName: "group_0001" }), Dry: true }],
    ["create", "an empty GroupName", create({ GroupName: "" })],
    ["get", "no StartIndex", { From_Account: "user_0001" }],
    ["get", "a negative StartIndex", { From_Account: "user_0001", StartIndex: -1 }],
    ["search", 'Type "1"', search({ ...oneToOne, Type: "1" })],
    ["search", "Type 3", search({ ...oneToOne, Type: 3 })],
    ["search", "301 conversations", search(...times(301))],
    ["search", "no conversations", search()],
    ["search", "a misspelt ContactItems", { From_Account: "user_0001", ContactItems: [oneToOne] }],
    ["search", "a one-to-one conversation with only ToGroupId", search({ Type: 1, ToGroupId: group.ToGroupId })],
    ["search", "a group conversation with only To_Account", search({ Type: 2, To_Account: oneToOne.To_Account })],
    ["search", "a conversation with an unknown field", search({ ...group, Nick: "Bob" })],
  ] as const)("%s: %s", (command, _, body) => {
    expect(validators[command](body)).toBe(false);
  });
});

describe.each(commands)("a response of %s", (command) => {
  const validate = validator(command, "response");
  const failure = { ActionStatus: "FAIL", ErrorCode: 50002, ErrorInfo: "Incorrect request parameter." };
  const unknownCode = Math.max(...bundle.components.schemas["KnownErrorCode"]!.enum!) + 1;

  test("can have a code that no document lists", () => {
    expect(validate({ ...failure, ErrorCode: unknownCode })).toBe(true);
  });

  test("can have a field that no document lists", () => {
    expect(validate({ ...failure, RequestId: "abc" })).toBe(true);
  });

  test("has OK or FAIL in ActionStatus", () => {
    expect(validate({ ...failure, ActionStatus: "MAYBE" })).toBe(false);
  });

  test("has no failing ErrorCode with OK", () => {
    expect(validate({ ...failure, ActionStatus: "OK" })).toBe(false);
  });
});

test("a success can have fields that no document lists, also in a conversation", () => {
  const conversation = { ...oneToOne, StandardMark: "", Timestamp: 0, Pinned: true };
  const body = {
    ActionStatus: "OK",
    ErrorCode: 0,
    ErrorInfo: "",
    ContactResultItem: [conversation],
    GroupItem: [],
    Total: 1,
  };
  expect(validator("search_contact_group", "response")(body)).toBe(true);
});
