/** Every form of the envelope in which a call has succeeded or failed: `ErrorCode` alone decides. */
import { describe, expect, test } from "vitest";
import { ApiError, isSuccess } from "../src/index.ts";
import { clientOf, rejection } from "./respond.ts";

const get = (body: object) =>
  clientOf(() => Promise.resolve(new Response(JSON.stringify(body))), { retry: false }).getContactGroup({
    From_Account: "user15",
    StartIndex: 0,
  });

describe.each([51010, "51010"])("ErrorCode %j", (ErrorCode) => {
  test.each([
    ["with all fields", { ActionStatus: "FAIL", ErrorInfo: "too many" }, "too many"],
    ["without ActionStatus", { ErrorInfo: "too many" }, "too many"],
    ["without ErrorInfo", { ActionStatus: "FAIL" }, ""],
    ["alone", {}, ""],
    ["with ActionStatus OK", { ActionStatus: "OK", ErrorInfo: "too many" }, "too many"],
    ["with fields of other types", { ActionStatus: 1, ErrorInfo: { text: "too many" } }, ""],
  ])("%s is a failure", async (_, fields, info) => {
    const error = await rejection(get({ ErrorCode, ...fields }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 51010, entryName: "TooManyConversationGroups", info });
  });
});

describe.each([0, "0"])("ErrorCode %j", (ErrorCode) => {
  test.each([
    ["with all fields", { ActionStatus: "OK", ErrorInfo: "" }],
    ["without ActionStatus", { ErrorInfo: "" }],
    ["without ErrorInfo", { ActionStatus: "OK" }],
    ["alone", {}],
    ["with ActionStatus FAIL", { ActionStatus: "FAIL", ErrorInfo: "" }],
  ])("%s is a success, and 0 in the result", async (_, fields) => {
    expect(await get({ ErrorCode, ...fields })).toEqual({ ErrorCode: 0, ...fields });
  });
});

test("retries a throttle code that was sent as text", async () => {
  const bodies = ['{"ErrorCode":"60007"}', '{"ErrorCode":0,"ContactItem":[]}'];
  const client = clientOf(() => Promise.resolve(new Response(bodies.shift())));
  expect(await client.getContactGroup({ From_Account: "user15", StartIndex: 0 })).toMatchObject({ ContactItem: [] });
});

test("reports an item whose ResultCode is an empty text as failed", async () => {
  const item = { ContactItem: { Type: 1, To_Account: "user0" }, ResultCode: "", ResultInfo: "" };
  const body = { ErrorCode: 0, GroupResultItem: [{ ResultItem: [item] }] };
  const client = clientOf(() => Promise.resolve(new Response(JSON.stringify(body))));
  const { failures } = await client.createContactGroup({
    From_Account: "user15",
    GroupContactItem: [{ GroupName: "family", ContactItem: [{ Type: 1, To_Account: "user0" }] }],
  });
  expect(failures).toMatchObject([{ ResultCode: NaN, pointer: "/GroupContactItem/0/ContactItem/0" }]);
});

test.each([
  [0, true],
  ["0", true],
  [51010, false],
  ["51010", false],
  ["", false],
  [undefined, false],
])("isSuccess of a body with ErrorCode %j is %s", (ErrorCode, expected) => {
  expect(isSuccess({ ActionStatus: expected ? "FAIL" : "OK", ErrorCode: ErrorCode as number })).toBe(expected);
});
