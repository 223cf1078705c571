import { expect, test } from "vitest";
import { callAccounts, type AccountEndpointName } from "../accounts.ts";
import { emulate, failure } from "../call.ts";
import { userIdLength } from "../limits.ts";

const tooLong = "x".repeat(userIdLength + 1);

test.each<[AccountEndpointName, unknown, string]>([
  ["account_import", {}, "/UserID is required, but is missing"],
  ["account_import", { userID: "ann" }, '/UserID is required, but is missing; there is "userID"'],
  ["account_import", null, "The body must be an object, but is null"],
  ["account_import", ["ann"], "The body must be an object, but is an array of 1 item"],
  ["account_import", { UserID: 5 }, "/UserID must be a string, but is 5"],
  ["account_import", { UserID: null, Identifier: "ann" }, "/UserID must be a string, but is null"],
  ["account_import", { Identifier: "" }, "/Identifier must have at least 1 character, but has 0"],
  ["account_import", { UserID: tooLong }, `/UserID must have at most ${userIdLength} characters, but has `],
  ["account_import", { UserID: "家" }, "/UserID must match "],
  ["account_import", { UserID: "ann", Nick: 1 }, "/Nick must be a string or null, but is 1"],
  ["account_import", { Identifier: "ann", FaceUrl: {} }, "/FaceUrl must be a string or null, but is an object"],
  ["multiaccount_import", {}, "/AccountList is required, but is missing"],
  ["multiaccount_import", { Accounts: "ann" }, '/Accounts must be an array, but is "ann"'],
  ["multiaccount_import", { Accounts: ["ann", 1] }, "/Accounts/1 must be a string, but is 1"],
  ["multiaccount_import", { AccountList: ["ann"] }, '/AccountList/0 must be an object, but is "ann"'],
  ["multiaccount_import", { AccountList: [{}] }, "/AccountList/0/UserID is required, but is missing"],
  ["account_check", {}, "/CheckItem is required, but is missing"],
  ["account_check", { CheckItem: {} }, "/CheckItem must be an array, but is an object"],
  ["account_check", { CheckItem: [{ UserID: "ann" }, {}] }, "/CheckItem/1/UserID is required, but is missing"],
  ["account_check", { CheckItem: [{ UserID: "" }] }, "/CheckItem/0/UserID must have at least 1 character, but has 0"],
])("%s rejects %j", async (endpoint, body, why) => {
  const emulator = emulate();
  const before = emulator.snapshot();
  const response = await callAccounts(emulator, endpoint, body);
  expect(response).toMatchObject(failure("IllegalParameter", "account.body"));
  expect(response.ErrorInfo).toContain(`[account.body] ${why}`);
  expect(emulator.snapshot()).toEqual(before);
});

test.each([
  ["account_import", { UserID: "dan", Nick: null, FaceUrl: null }],
  ["multiaccount_import", { AccountList: [{ UserID: "dan", Nick: null }] }],
] as const)("%s accepts null in a field that can be omitted", async (endpoint, body) => {
  const emulator = emulate();
  expect(await callAccounts(emulator, endpoint, body)).toMatchObject({ ErrorCode: 0 });
  expect(emulator.snapshot().apps[0]?.accounts).toContain("dan");
});

test("ignores fields that the page does not have", async () => {
  const response = await callAccounts(emulate(), "account_import", { UserID: "dan", Type: 0 });
  expect(response).toEqual({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" });
});
