import { expect, test } from "vitest";
import { failure } from "../call.ts";
import { sign, signed } from "../user-sig.ts";

test.each(["strict", "lenient"] as const)(
  "rejects the UserSig of another user when the setting is %s",
  async (userSig) => {
    const response = await signed({ userSig }, await sign({ identifier: "Administrator" }));
    expect(response).toMatchObject(failure("UserSigIdentifierMismatch", "request.usersig-identifier"));
  },
);
