import { expect, test } from "vitest";
import { callAccounts } from "../accounts.ts";
import { call, emulate } from "../call.ts";

const result = (UserID: string, AccountStatus: string): object => ({
  UserID,
  ResultCode: 0,
  ResultInfo: "",
  AccountStatus,
});

test.each(["strict", "lenient"] as const)("says what was imported when accounts is %s", async (accounts) => {
  const emulator = emulate({ accounts });
  // With lenient accounts, this call succeeds, and still imports nobody.
  await call(emulator, "getContactGroup", { From_Account: "dan", StartIndex: 0 });
  const body = { CheckItem: ["cat", "dan", "ann", "cat"].map((UserID) => ({ UserID })) };
  expect(await callAccounts(emulator, "account_check", body)).toEqual({
    ActionStatus: "OK",
    ErrorCode: 0,
    ErrorInfo: "",
    ResultItem: [
      result("cat", "Imported"),
      result("dan", "NotImported"),
      result("ann", "Imported"),
      result("cat", "Imported"),
    ],
  });
  expect(emulator.calls.at(-1)).toMatchObject({ rule: "account.check", why: "3 of 4 accounts imported" });
});
