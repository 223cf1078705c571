/** The one place that knows how a UserSig is read and verified. */
import { ArgumentError } from "@contact-groups/core/arguments";
import { decodeUserSig, verifyUserSig, type UserSigVerdict } from "@contact-groups/core/user-sig";
import type { UserSigFinding } from "../core/core-call.ts";

/** What a UserSig has to stand for. Without a key its signature is not looked at. */
export interface ExpectedUserSig {
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly secretKey: string | undefined;
}

/** Judges a UserSig but for its expiry, which depends on the clock. It does not reject. */
export async function findOut(userSig: string, expected: ExpectedUserSig): Promise<UserSigFinding> {
  const decoded = await decodeUserSig(userSig, ArgumentError).catch(() => undefined);
  if (!decoded) return { fault: "readable" };
  const { sdkAppId, identifier, secretKey } = expected;
  const { expiresAt } = decoded;
  if (decoded.sdkAppId !== sdkAppId) return { fault: "app", expiresAt };
  if (decoded.identifier !== identifier) return { fault: "identifier", expiresAt };
  if (secretKey === undefined) return { expiresAt };

  // At the epoch nothing has expired yet, so that the verdict holds for every time.
  const atEpoch = { sdkAppId, identifier, secretKey, now: 0 };
  const verdict = await verifyUserSig(userSig, atEpoch, ArgumentError).catch(() => refused);
  return verdict.valid ? { expiresAt } : { fault: "signature", expiresAt };
}

const refused: UserSigVerdict = { valid: false, failure: "signature", message: "" };
