import { expect, test } from "vitest";
import { failure } from "../call.ts";
import { sign, signed } from "../user-sig.ts";

test.each(["strict", "lenient"] as const)(
  "rejects a text that is not a UserSig when the setting is %s",
  async (userSig) => {
    expect(await signed({ userSig }, "any-text")).toMatchObject(failure("UserSigIllegal", "request.usersig-readable"));
    const cut = (await sign()).slice(0, -12);
    expect(await signed({ userSig }, cut)).toMatchObject(failure("UserSigIllegal", "request.usersig-readable"));
  },
);

test("accepts any text when the setting is off, or the app has no key", async () => {
  expect(await signed({ userSig: "off" }, "any-text")).toMatchObject({ ErrorCode: 0 });
  expect(await signed({}, "any-text", { secretKey: undefined })).toMatchObject({ ErrorCode: 0 });
});
