import { expect, test } from "vitest";
import { callAccounts, statuses } from "../accounts.ts";
import { create, emulate, failure, get, to } from "../call.ts";

const nobody = { seed: { apps: [] } };
const ok = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

test("imports a user, whose calls fail before and succeed afterwards", async () => {
  const emulator = emulate({}, nobody);
  expect(await get(emulator)).toMatchObject(failure("UserNotImported", "user.imported"));
  const body = { UserID: "ann", Nick: "Ann", FaceUrl: "http://example.test/ann.png" };
  expect(await callAccounts(emulator, "account_import", body)).toEqual(ok);
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
  expect(emulator.calls.at(-2)).toMatchObject({ operation: undefined, rule: "account.import", code: 0 });
});

test("changes nothing when an account is imported again", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob")]);
  const before = emulator.snapshot();
  expect(await callAccounts(emulator, "account_import", { UserID: "ann", Nick: "Another" })).toEqual(ok);
  expect(emulator.snapshot()).toEqual(before);
  expect(emulator.calls.at(-1)?.why).toContain("was already imported");
});

test("accepts the older name of the field, and prefers the newer one", async () => {
  const emulator = emulate({}, nobody);
  expect(await callAccounts(emulator, "account_import", { Identifier: "old" })).toEqual(ok);
  expect(await callAccounts(emulator, "account_import", { UserID: "new", Identifier: "older" })).toEqual(ok);
  expect(await statuses(emulator, "old", "new", "older")).toEqual(["Imported", "Imported", "NotImported"]);
});

test("imports into the app of the call alone", async () => {
  const apps = [{ sdkAppId: 1400000000 }, { sdkAppId: 1400000001 }];
  const emulator = emulate({}, { ...nobody, apps });
  await callAccounts(emulator, "account_import", { UserID: "ann" }, { query: { sdkappid: "1400000001" } });
  expect(emulator.snapshot().apps).toMatchObject([{ sdkAppId: 1400000001, accounts: ["ann"] }]);
});
