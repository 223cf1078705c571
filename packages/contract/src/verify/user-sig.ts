/** Makes UserSigs, good ones and wrong ones. */
import { createHmac } from "node:crypto";
import { signedText, toUserSig } from "@contact-groups/core/user-sig";

export interface UserSigParts {
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly secretKey: string;
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly validSeconds: number;
}

/** Signs a UserSig, whatever it says. */
export function signUserSig({ sdkAppId, identifier, secretKey, issuedAt, validSeconds }: UserSigParts): string {
  const fields = { sdkAppId, identifier, time: issuedAt, expire: validSeconds };
  return toUserSig(fields, createHmac("sha256", secretKey).update(signedText(fields)).digest());
}
