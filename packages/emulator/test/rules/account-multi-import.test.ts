import { expect, test } from "vitest";
import { batchLength, callAccounts, statuses } from "../accounts.ts";
import { emulate } from "../call.ts";
import { userIdLength } from "../limits.ts";

const nobody = { seed: { apps: [] } };
const tooLong = "x".repeat(userIdLength + 1);
const names = ["one", "", "two", tooLong, "\u5bb6", "one"];
const failed = ["", tooLong, "\u5bb6"];

test.each<[string, object]>([
  ["Accounts", { Accounts: names }],
  ["AccountList", { AccountList: names.map((UserID) => ({ UserID, Nick: "a", FaceUrl: "" })) }],
])("imports the UserIDs of %s and returns the other names", async (_, body) => {
  const emulator = emulate({}, nobody);
  const response = await callAccounts(emulator, "multiaccount_import", body);
  expect(response).toEqual({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", FailAccounts: failed });
  expect(emulator.snapshot().apps).toMatchObject([{ accounts: ["one", "two"] }]);
  expect(emulator.calls.at(-1)).toMatchObject({
    rule: "account.multi-import",
    why: "2 new accounts of 6 names, and 3 not imported",
  });
});

test("imports the largest number of accounts, each of the largest length", async () => {
  const emulator = emulate({}, nobody);
  const Accounts = Array.from({ length: batchLength }, (_, index) => String(index).padStart(userIdLength, "0"));
  expect(await callAccounts(emulator, "multiaccount_import", { Accounts })).toMatchObject({ FailAccounts: [] });
  expect(new Set(await statuses(emulator, ...Accounts))).toEqual(new Set(["Imported"]));
});

test("prefers the newer list of a body that has both", async () => {
  const emulator = emulate({}, nobody);
  await callAccounts(emulator, "multiaccount_import", { Accounts: ["old"], AccountList: [{ UserID: "new" }] });
  expect(await statuses(emulator, "old", "new")).toEqual(["NotImported", "Imported"]);
});
