import { expect, test } from "vitest";
import { call, emulate, failure } from "../call.ts";

const body = { From_Account: "ann", StartIndex: 0 };

test.each(["ann", "Administrator"])("rejects the identifier %s, which is not an administrator", async (identifier) => {
  const response = await call(emulate(), "getContactGroup", body, { query: { identifier } });
  expect(response).toMatchObject(failure("IdentifierNotAdministrator", "request.administrator"));
});

test("accepts the administrators of the app, and no other", async () => {
  const emulator = emulate({}, { apps: [{ sdkAppId: 1400000000, admins: ["root", "root2"] }] });
  const codes = await Promise.all(
    ["root", "root2", "administrator"].map((identifier) =>
      call(emulator, "getContactGroup", body, { query: { identifier } }),
    ),
  );
  expect(codes.map(({ ErrorCode }) => ErrorCode !== 0)).toEqual([false, false, true]);
});
