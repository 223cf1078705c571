import { expect, test } from "vitest";
import { call, emulate, failure } from "../call.ts";

test("rejects two groups in a call and creates neither", async () => {
  const emulator = emulate();
  const body = { From_Account: "ann", GroupContactItem: [{ GroupName: "a" }, { GroupName: "b" }] };
  const response = await call(emulator, "createContactGroup", body);
  expect(response).toMatchObject(failure("InvalidRequestParameter", "create.one-group"));
  expect(await call(emulator, "getContactGroup", { From_Account: "ann", StartIndex: 0 })).toMatchObject({
    GroupItem: [],
  });
});
