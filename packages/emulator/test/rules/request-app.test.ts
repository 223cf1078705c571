import { expect, test } from "vitest";
import { call, emulate, failure } from "../call.ts";

test("rejects an app that the emulator does not have", async () => {
  const response = await call(emulate(), "getContactGroup", {}, { query: { sdkappid: "1400000001" } });
  expect(response).toMatchObject(failure("SdkAppIdNotFound", "request.app"));
});

test("keeps the states of two apps separate", async () => {
  const apps = [{ sdkAppId: 1400000000 }, { sdkAppId: 20000001 }];
  const emulator = emulate({}, { apps });
  const body = { From_Account: "ann", StartIndex: 0 };
  expect(await call(emulator, "getContactGroup", body)).toMatchObject({ ErrorCode: 0 });
  const other = await call(emulator, "getContactGroup", body, { query: { sdkappid: "20000001" } });
  expect(other).toMatchObject(failure("UserNotImported", "user.imported"));
});
