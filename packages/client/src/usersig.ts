import {
  decodeUserSig as decode,
  signUserSig as sign,
  verifyUserSig as verify,
  type DecodedUserSig,
  type SignUserSigOptions,
  type UserSigVerdict,
  type VerifyUserSigOptions,
} from "@contact-groups/core/user-sig";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { limits } from "@contact-groups/openapi/model";

export { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
export type {
  DecodedUserSig,
  SignUserSigOptions,
  UserSigFailure,
  UserSigVerdict,
  VerifyUserSigOptions,
} from "@contact-groups/core/user-sig";

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
export function signUserSig(options: SignUserSigOptions): Promise<string> {
  return sign(options, limits.userSigValidity.maximum, InvalidArgumentError);
}

/**
 * Reads what a UserSig says. Needs no key and proves nothing: for that there is `verifyUserSig`.
 *
 * @param userSig A UserSig made by any official library: of any compression and order of keys. Throws an `InvalidArgumentError` that
 * names what is wrong with it and shows none of it.
 * @example
 * ```ts
 * import { decodeUserSig } from "@contact-groups/client/usersig";
 *
 * const { identifier, expiresAt } = await decodeUserSig(userSig);
 * ```
 * @see https://trtc.io/document/34456 UserSig, generation and verification, read on 2026-11-21
 */
export function decodeUserSig(userSig: string): Promise<DecodedUserSig> {
  return decode(userSig, InvalidArgumentError);
}

/**
 * Judges a UserSig as the official libraries do, in their order: readable, of this app, of this UserID, not expired, with this data,
 * signed with this key. One from the future counts as valid.
 *
 * @param userSig Text from anywhere; nothing in it makes this function throw.
 * @param options What it has to stand for. Throws an `InvalidArgumentError` if an option is wrong.
 * @example
 * ```ts
 * import { verifyUserSig } from "@contact-groups/client/usersig";
 *
 * const verdict = await verifyUserSig(userSig, { sdkAppId: 1400000000, identifier: "user15", secretKey });
 * if (!verdict.valid) console.error(verdict.failure, verdict.message);
 * ```
 * @see https://github.com/tencentyun/tls-sig-api-v2-golang 2024-11-19
 */
export function verifyUserSig(userSig: string, options: VerifyUserSigOptions): Promise<UserSigVerdict> {
  return verify(userSig, options, InvalidArgumentError);
}
