import { expect, test } from "vitest";
import { failure } from "../call.ts";
import { sign, signed } from "../user-sig.ts";

test.each(["strict", "lenient"] as const)(
  "rejects the UserSig of another app when the setting is %s",
  async (userSig) => {
    const response = await signed({ userSig }, await sign({ sdkAppId: 1400000001 }));
    expect(response).toMatchObject(failure("UserSigSdkAppIdMismatch", "request.usersig-app"));
  },
);
