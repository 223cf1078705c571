import { expect, test } from "vitest";
import { failure } from "../call.ts";
import { sign, signed } from "../user-sig.ts";

test("accepts a UserSig that was signed with the app's key", async () => {
  expect(await signed({}, await sign())).toMatchObject({ ErrorCode: 0 });
});

test("rejects a UserSig that was signed with another key", async () => {
  const userSig = await sign({ secretKey: "another" });
  const answer = await signed({}, userSig);
  expect(answer).toMatchObject(failure("UserSigVerificationFailed", "request.usersig-signature"));
  expect(await signed({ userSig: "lenient" }, userSig)).toMatchObject({ ErrorCode: 0 });
});

test("rejects a UserSig with a userbuf", async () => {
  const answer = await signed({}, await sign({ userBuf: new Uint8Array([1, 2, 3]) }));
  expect(answer).toMatchObject(failure("UserSigVerificationFailed", "request.usersig-signature"));
});
