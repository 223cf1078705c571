import { systemClock } from "../clock.ts";
import { checkText } from "../check-option.ts";
import { toBase64 } from "./base64.ts";
import { checkIdentifier, checkSdkAppId, checkTime, checkUserBuf } from "./check-fields.ts";
import { signedText, toJson, toUserSig, type UserSigFields } from "./fields.ts";
import { hmac } from "./hmac.ts";
import { keyOf } from "./keys.ts";
import { checkValidity, defaultValiditySeconds } from "./validity.ts";

/** What a UserSig is made of. */
export interface SignUserSigOptions {
  /** SDKAppID that the Chat console gave the app. */
  readonly sdkAppId: number;
  /** UserID that the UserSig is for, case-sensitive: of an administrator for the REST API, of a user for a sign-in. */
  readonly identifier: string;
  /** The app's secret key, as the console shows it. Keep it on the server. */
  readonly secretKey: string;
  /** Seconds for which the UserSig is valid: from 1 to 10 years. A day unless given. */
  readonly validitySeconds?: number | undefined;
  /** From when it is valid, in milliseconds since the epoch, of which whole seconds count; now unless given. */
  readonly issuedAt?: number | undefined;
  /** Data to sign along, such as the room rights of TRTC's PrivateMapKey. */
  readonly userBuf?: Uint8Array | undefined;
}

/**
 * Makes a UserSig: the credential that stands for a user of a Chat app. The same options at the same time give the same text.
 *
 * @param options The app, the UserID, the key and the validity. Throws an `InvalidArgumentError` if one is wrong, which shows neither
 * key nor data.
 * @returns Text of `[A-Za-z0-9*_-]`, which goes into a URL as it is.
 * @example
 * ```ts
 * import { signUserSig } from "@contact-groups/client/usersig";
 *
 * const userSig = await signUserSig({ sdkAppId: 1400000000, identifier: "user15", secretKey });
 * ```
 * @see https://trtc.io/document/34456 UserSig, generation and verification, read on 2026-11-21
 */
export async function signUserSig(options: SignUserSigOptions): Promise<string> {
  const fields = toFields(options);
  const signature = await hmac(await keyOf(options.secretKey), signedText(fields));
  return toUserSig(toJson(fields, signature));
}

/** Checks the options and returns what the UserSig says. */
export function toFields(options: SignUserSigOptions): UserSigFields {
  const { sdkAppId, identifier, secretKey, validitySeconds = defaultValiditySeconds, userBuf } = options;
  const { issuedAt = systemClock.now() } = options;
  checkSdkAppId(sdkAppId);
  checkIdentifier(identifier);
  checkText("secretKey", secretKey);
  checkValidity("validitySeconds", validitySeconds);
  checkTime("issuedAt", issuedAt);
  if (userBuf !== undefined) checkUserBuf(userBuf);
  return {
    sdkAppId,
    identifier,
    time: Math.floor(issuedAt / 1000),
    expire: validitySeconds,
    userBuf: userBuf && toBase64(userBuf),
  };
}
