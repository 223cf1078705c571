import type { InvalidArgument } from "../arguments.ts";
import { systemClock } from "../clock.ts";
import { toBase64 } from "./base64.ts";
import { checkApp, checkTime, checkValidity } from "./check-fields.ts";
import type { UserSigFields } from "./fields.ts";
import { keyOf, seal } from "./hmac.ts";

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
 * A day. It is the least that the service advises (see the catalogue's entry of an expired UserSig), and for a credential that is made
 * anew at no cost the least is the best: one that leaked is soon of no use.
 */
export const defaultValiditySeconds = 86_400;

/**
 * Makes a UserSig: the credential that stands for a user of a Chat app. The same options at the same time give the same text.
 *
 * @param longestValidity Most seconds for which it can be valid, a limit of the description.
 * @param Invalid What is thrown if an option is wrong. It gets neither key nor data.
 * @returns Text of `[A-Za-z0-9*_-]`, which goes into a URL as it is.
 */
export async function signUserSig(
  options: SignUserSigOptions,
  longestValidity: number,
  Invalid: InvalidArgument,
): Promise<string> {
  return seal(toFields(options, longestValidity, Invalid), keyOf(options.secretKey));
}

/** Checks the options and returns what the UserSig says. */
export function toFields(
  options: SignUserSigOptions,
  longestValidity: number,
  Invalid: InvalidArgument,
): UserSigFields {
  const { sdkAppId, identifier, validitySeconds = defaultValiditySeconds, userBuf } = options;
  const { issuedAt = systemClock.now() } = options;
  checkApp(options, Invalid);
  checkValidity("validitySeconds", validitySeconds, longestValidity, Invalid);
  checkTime("issuedAt", issuedAt, Invalid);
  return {
    sdkAppId,
    identifier,
    time: Math.floor(issuedAt / 1000),
    expire: validitySeconds,
    userBuf: userBuf && toBase64(userBuf),
  };
}
