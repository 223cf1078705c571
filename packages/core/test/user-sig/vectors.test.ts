import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { toBase64 } from "../../src/user-sig/sign.ts";
import { signedText, toUserSig } from "../../src/user-sig/sign.ts";
import { hmac, importKey } from "../../src/user-sig/sign.ts";
import { decodeUserSig, readUserSig, signUserSig, verifyUserSig } from "./own.ts";
import { vectors } from "./vectors.ts";

describe.each(vectors)("the vector $name", (vector) => {
  const { sdkAppId, identifier, secretKey, time, expire, userBuf } = vector;
  const fields = { sdkAppId, identifier, time, expire, userBuf: userBuf && toBase64(userBuf) };
  const decoded = {
    version: "2.0",
    sdkAppId,
    identifier,
    issuedAt: time * 1000,
    validitySeconds: expire,
    expiresAt: (time + expire) * 1000,
    ...(userBuf && { userBuf }),
  };

  test("has the signed text and the signature that this package creates", async () => {
    expect(new TextDecoder().decode(signedText(fields))).toBe(vector.signedText);
    expect(toBase64(await hmac(await importKey(secretKey), signedText(fields)))).toBe(vector.signature);
  });

  test.each(Object.entries(vector.userSigs))("is read and verified as created by %s", async (_, userSig) => {
    expect(await decodeUserSig(userSig)).toEqual(decoded);
    const now = (time + expire) * 1000 + 999;
    expect(await verifyUserSig(userSig, { sdkAppId, identifier, secretKey, now, userBuf })).toEqual({
      valid: true,
      decoded,
    });
  });

  test("is read from the UserSig that this package creates, with the same signature", async () => {
    const signature = createHmac("sha256", secretKey).update(vector.signedText).digest();
    const sealed = toUserSig(fields, signature);
    expect(await readUserSig(sealed)).toEqual({ ...fields, signature: new Uint8Array(signature) });
  });
});

test.each(vectors.filter(({ expire }) => expire > 0))("signUserSig creates the signature of $name", async (vector) => {
  const { time, expire, userBuf, ...app } = vector;
  const userSig = await signUserSig({ ...app, validitySeconds: expire, issuedAt: time * 1000, userBuf });
  expect(toBase64((await readUserSig(userSig)).signature)).toBe(vector.signature);
});
