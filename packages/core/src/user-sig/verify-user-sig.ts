import type { InvalidArgument } from "../arguments.ts";
import { systemClock } from "../clock.ts";
import { toBase64 } from "./base64.ts";
import { checkApp, checkTime } from "./check-fields.ts";
import { toDecoded, type DecodedUserSig } from "./decode-user-sig.ts";
import { signedText } from "./fields.ts";
import { isHmac, keyOf } from "./hmac.ts";
import { readUserSig, type SignedFields } from "./read-user-sig.ts";

/** What a UserSig has to stand for. */
export interface VerifyUserSigOptions {
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly secretKey: string;
  /** The time to judge by, in milliseconds since the epoch; now unless given. */
  readonly now?: number | undefined;
  /** Data that has to be signed along. Unless given, there must be none. */
  readonly userBuf?: Uint8Array | undefined;
}

/** Why a UserSig is refused; `signature` also where it was made with another app's key. */
export type UserSigFailure = "malformed" | "sdkAppId" | "identifier" | "expired" | "userBuf" | "signature";

/** The verdict on a UserSig. `message` says what is wrong and shows no part of it. */
export type UserSigVerdict =
  | { readonly valid: true; readonly decoded: DecodedUserSig }
  | { readonly valid: false; readonly failure: UserSigFailure; readonly message: string };

/**
 * Judges a UserSig as the official libraries do, in their order: readable, of this app, of this UserID, not expired, with this data,
 * signed with this key. One from the future counts as valid.
 *
 * @param userSig Text from anywhere; nothing in it makes this function throw.
 * @param options What it has to stand for.
 * @param Invalid What is thrown if an option is wrong.
 * @see https://github.com/tencentyun/tls-sig-api-v2-golang 2024-11-19
 */
export async function verifyUserSig(
  userSig: string,
  options: VerifyUserSigOptions,
  Invalid: InvalidArgument,
): Promise<UserSigVerdict> {
  const { sdkAppId, identifier, secretKey, now = systemClock.now(), userBuf } = options;
  checkApp(options, Invalid);
  checkTime("now", now, Invalid);

  let fields: SignedFields;
  try {
    fields = await readUserSig(userSig, Invalid);
  } catch (error) {
    if (error instanceof Invalid) return refuse("malformed", error.message);
    throw error;
  }
  if (fields.sdkAppId !== sdkAppId) return refuse("sdkAppId", "it was made for another app");
  if (fields.identifier !== identifier) return refuse("identifier", "it was made for another UserID");
  // In whole seconds: in the very second in which it ends it is valid.
  if (Math.floor(now / 1000) > fields.time + fields.expire) return refuse("expired", "its validity is over");
  if (fields.userBuf !== (userBuf && toBase64(userBuf))) return refuse("userBuf", "its userbuf is another one");
  if (!(await isHmac(await keyOf(secretKey), fields.signature, signedText(fields))))
    return refuse("signature", "it was changed, or made with another key");
  return { valid: true, decoded: toDecoded(fields) };
}

function refuse(failure: UserSigFailure, message: string): UserSigVerdict {
  return { valid: false, failure, message };
}
