import { expect, test } from "vitest";
import { failure } from "../call.ts";
import { sign, signed } from "../user-sig.ts";

test("accepts a UserSig that was signed with the app's key", async () => {
  expect(await signed({}, await sign())).toMatchObject({ ErrorCode: 0 });
});

test("rejects a UserSig that was signed with another key", async () => {
  const userSig = await sign({ secretKey: "another" });
  const response = await signed({}, userSig);
  expect(response).toMatchObject(failure("UserSigVerificationFailed", "request.usersig-signature"));
  expect(await signed({ userSig: "lenient" }, userSig)).toMatchObject({ ErrorCode: 0 });
});

test("rejects a UserSig with a userbuf", async () => {
  const response = await signed({}, await sign({ userBuf: new Uint8Array([1, 2, 3]) }));
  expect(response).toMatchObject(failure("UserSigVerificationFailed", "request.usersig-signature"));
});
