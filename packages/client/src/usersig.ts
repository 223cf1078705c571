/** Entry `@contact-groups/client/usersig`: signs, decodes and verifies UserSigs. */
import {
  decodeUserSig as decode,
  signUserSig as sign,
  verifyUserSig as verify,
  type DecodedUserSig,
  type SignUserSigOptions,
  type UserSigVerdict,
  type VerifyUserSigOptions,
} from "@contact-groups/core/user-sig";
import { limits } from "@contact-groups/openapi/model";
import { checkKeyOf, checkPresent } from "./preconditions.ts";
import { InvalidArgumentError } from "./errors.ts";

export { InvalidArgumentError };
export type {
  DecodedUserSig,
  SignUserSigOptions,
  UserSigVerdict,
  VerifyUserSigOptions,
} from "@contact-groups/core/user-sig";

/**
 * Creates a UserSig: the credential of a user of a Chat app. The same options at the same time give the same text.
 *
 * @param options The app, the UserID, the key and the validity.
 * @returns Text of `[A-Za-z0-9*_-]`, which a URL can contain unchanged.
 * @throws `InvalidArgumentError` if an option is invalid. It shows neither key nor data.
 * @example
 * ```ts
 * import { signUserSig } from "@contact-groups/client/usersig";
 *
 * const userSig = await signUserSig({ sdkAppId: 1400000000, identifier: "user15", secretKey });
 * ```
 * @see https://trtc.io/document/34456 UserSig, generation and verification, read on 2026-11-21
 */
export async function signUserSig(options: SignUserSigOptions): Promise<string> {
  checkSigning(options);
  return sign(options, limits.userSigValidity.maximum, InvalidArgumentError);
}

/**
 * Reads the content of a UserSig. It needs no key and proves nothing; `verifyUserSig` does.
 *
 * @param userSig A UserSig of any official library, with any compression and order of keys.
 * @throws `InvalidArgumentError` that says what is wrong and shows no part of the UserSig.
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
 * Verifies a UserSig as the official libraries do, in their order: readable, for this app, for this UserID, not expired, with this data,
 * signed with this key. One from the future is valid.
 *
 * @param userSig Text from anywhere; it never makes this function throw.
 * @param options What it must be for.
 * @throws `InvalidArgumentError` if an option is invalid.
 * @example
 * ```ts
 * import { verifyUserSig } from "@contact-groups/client/usersig";
 *
 * const verdict = await verifyUserSig(userSig, { sdkAppId: 1400000000, identifier: "user15", secretKey });
 * if (!verdict.valid) console.error(verdict.failure, verdict.message);
 * ```
 * @see https://github.com/tencentyun/tls-sig-api-v2-golang 2024-11-19
 */
export async function verifyUserSig(userSig: string, options: VerifyUserSigOptions): Promise<UserSigVerdict> {
  checkSigning(options);
  return verify(userSig, options, InvalidArgumentError);
}

/** Throws unless the key can be one, and the runtime can sign. */
function checkSigning(options: { readonly secretKey: string }): void {
  checkKeyOf(options);
  checkPresent("crypto.subtle", globalThis.crypto?.subtle, ", as in a page with https");
}
