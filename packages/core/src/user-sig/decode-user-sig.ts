import type { InvalidArgument } from "../arguments.ts";
import { fromBase64 } from "./base64.ts";
import { userSigVersion, type UserSigFields } from "./fields.ts";
import { readUserSig } from "./read-user-sig.ts";

/** What a UserSig says. The signature is left out: with it, what is printed here would be a credential again. */
export interface DecodedUserSig {
  /** Version of the format. */
  readonly version: string;
  readonly sdkAppId: number;
  readonly identifier: string;
  /** From when it is valid, in milliseconds since the epoch, in whole seconds. */
  readonly issuedAt: number;
  /** For how many seconds it is valid. */
  readonly validitySeconds: number;
  /** When its validity ends, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Data signed along. */
  readonly userBuf?: Uint8Array;
}

/**
 * Reads what a UserSig says. Needs no key and proves nothing: for that there is `verifyUserSig`.
 *
 * @param userSig A UserSig made by any official library: of any compression and order of keys.
 * @param Invalid What is thrown. It names what is wrong with the UserSig and shows none of it.
 */
export async function decodeUserSig(userSig: string, Invalid: InvalidArgument): Promise<DecodedUserSig> {
  return toDecoded(await readUserSig(userSig, Invalid));
}

/** The fields in the units of this package. */
export function toDecoded({ sdkAppId, identifier, time, expire, userBuf }: UserSigFields): DecodedUserSig {
  const bytes = userBuf === undefined ? undefined : fromBase64(userBuf);
  return {
    version: userSigVersion,
    sdkAppId,
    identifier,
    issuedAt: time * 1000,
    validitySeconds: expire,
    expiresAt: (time + expire) * 1000,
    ...(bytes && { userBuf: bytes }),
  };
}
