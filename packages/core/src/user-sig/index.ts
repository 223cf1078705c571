/** Signs, decodes and verifies UserSigs as the official libraries do. */
import { checkText, kind, type InvalidArgument } from "../arguments.ts";
import { systemClock } from "../clock.ts";
import { fromBase64, isHmac, keyOf, seal, signedText, toBase64, userSigVersion, type UserSigFields } from "./format.ts";
import { readUserSig, type SignedFields } from "./read.ts";

export { importKey, seal, signedText, toUserSig, type HmacKey } from "./format.ts";

/** What `signUserSig` creates a UserSig from. */
export interface SignUserSigOptions {
  /** SDKAppID that the Chat console gave the app. */
  readonly sdkAppId: number;
  /** UserID that the UserSig is for, case-sensitive: of an administrator for the REST API, of a user to sign in. */
  readonly identifier: string;
  /** The app's secret key, as the console shows it. Keep it on the server. */
  readonly secretKey: string;
  /**
   * Time that the UserSig is valid, in seconds: from 1 to 10 years.
   *
   * @default 86400
   */
  readonly validitySeconds?: number | undefined;
  /**
   * Start of the validity in milliseconds since the epoch, rounded down to whole seconds.
   *
   * @default Date.now()
   */
  readonly issuedAt?: number | undefined;
  /** Data that is signed as well, such as the room rights of TRTC's PrivateMapKey. */
  readonly userBuf?: Uint8Array | undefined;
}

/**
 * A day. The service advises no less (see the catalogue's entry of an expired UserSig), and a UserSig is renewed at no cost, so a short
 * validity is best: one that leaks soon expires.
 */
export const defaultValiditySeconds = 86_400;

/**
 * Creates a UserSig: the credential of a user of a Chat app. The same options at the same time give the same text.
 *
 * @param longestValidity Maximum validity in seconds, a limit of the description.
 * @param Invalid Class of the error for an invalid option. It is given neither key nor data.
 * @returns Text of `[A-Za-z0-9*_-]`, which a URL can contain as it is.
 * @throws An `Invalid` if an option is invalid.
 */
export async function signUserSig(
  options: SignUserSigOptions,
  longestValidity: number,
  Invalid: InvalidArgument,
): Promise<string> {
  return seal(toFields(options, longestValidity, Invalid), keyOf(options.secretKey));
}

/** Checks the options and returns the fields of the UserSig. */
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

/** The content of a UserSig, without its signature: with it, this would be a credential again. */
export interface DecodedUserSig {
  /** Version of the format. */
  readonly version: string;
  /** SDKAppID of the app. */
  readonly sdkAppId: number;
  /** UserID of the user. */
  readonly identifier: string;
  /** Start of the validity in milliseconds since the epoch, in whole seconds. */
  readonly issuedAt: number;
  /** Validity in seconds. */
  readonly validitySeconds: number;
  /** End of the validity in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Data that was signed as well. */
  readonly userBuf?: Uint8Array;
}

/**
 * Reads the content of a UserSig. It needs no key and proves nothing; `verifyUserSig` does.
 *
 * @param userSig A UserSig of any official library, with any compression and order of keys.
 * @param Invalid Class of the error for a malformed UserSig.
 * @throws An `Invalid` that says what is wrong and shows no part of the UserSig.
 */
export async function decodeUserSig(userSig: string, Invalid: InvalidArgument): Promise<DecodedUserSig> {
  return toDecoded(await readUserSig(userSig, Invalid));
}

/** Returns the fields in the units of this package. */
function toDecoded({ sdkAppId, identifier, time, expire, userBuf }: UserSigFields): DecodedUserSig {
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

/** What a UserSig is verified against. */
export interface VerifyUserSigOptions {
  /** SDKAppID of the app that it must be for. */
  readonly sdkAppId: number;
  /** UserID that it must be for, case-sensitive. */
  readonly identifier: string;
  /** Secret key of the app. */
  readonly secretKey: string;
  /**
   * Time of the verification in milliseconds since the epoch.
   *
   * @default Date.now()
   */
  readonly now?: number | undefined;
  /** Data that must be signed as well. By default there must be none. */
  readonly userBuf?: Uint8Array | undefined;
}

/** Why a UserSig is not valid; `signature` also if it was signed with the key of another app. */
export type UserSigFailure = "malformed" | "sdkAppId" | "identifier" | "expired" | "userBuf" | "signature";

/** The result of `verifyUserSig`. `message` says what is wrong and shows no part of the UserSig. */
export type UserSigVerdict =
  | { readonly valid: true; readonly decoded: DecodedUserSig }
  | { readonly valid: false; readonly failure: UserSigFailure; readonly message: string };

/**
 * Verifies a UserSig as the official libraries do, in their order: readable, for this app, for this UserID, not expired, with this data,
 * signed with this key. One from the future is valid.
 *
 * @param userSig Text from anywhere; it never makes this function throw.
 * @param options What it must be for.
 * @param Invalid Class of the error for an invalid option.
 * @throws An `Invalid` if an option is invalid.
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
    if (error instanceof Invalid) return invalid("malformed", error.message);
    throw error;
  }
  if (fields.sdkAppId !== sdkAppId) return invalid("sdkAppId", "it is for another app");
  if (fields.identifier !== identifier) return invalid("identifier", "it is for another UserID");
  // In whole seconds: it is still valid in the second in which it ends.
  if (Math.floor(now / 1000) > fields.time + fields.expire) return invalid("expired", "its validity is over");
  if (fields.userBuf !== (userBuf && toBase64(userBuf))) return invalid("userBuf", "its userbuf is another one");
  if (!(await isHmac(await keyOf(secretKey), fields.signature, signedText(fields))))
    return invalid("signature", "it was changed, or signed with another key");
  return { valid: true, decoded: toDecoded(fields) };
}

function invalid(failure: UserSigFailure, message: string): UserSigVerdict {
  return { valid: false, failure, message };
}

/** Maximum number of bytes of data: the JSON text then fits a stored block with any UserID. */
const longestUserBuf = 32_768;
/** The service decides how long a UserID can be. This keeps the JSON text within a stored block. */
const longestIdentifier = 1024;

/** What signing and verifying have in common. */
interface AppOptions {
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly secretKey: string;
  readonly userBuf?: Uint8Array | undefined;
}

/** Throws unless a UserSig can have each field. */
function checkApp({ sdkAppId, identifier, secretKey, userBuf }: AppOptions, Invalid: InvalidArgument): void {
  if (!Number.isSafeInteger(sdkAppId) || sdkAppId <= 0)
    throw new Invalid("sdkAppId", "a positive integer", kind(sdkAppId));
  checkText("identifier", identifier, Invalid);
  if (identifier.length > longestIdentifier)
    throw new Invalid("identifier", `at most ${longestIdentifier} characters`, String(identifier.length));
  // A line end would start another line of the signed text.
  if (/\p{Cc}/u.test(identifier)) throw new Invalid("identifier", "text without control characters", "text with one");
  checkText("secretKey", secretKey, Invalid);
  if (userBuf === undefined) return;
  if (!(userBuf instanceof Uint8Array)) throw new Invalid("userBuf", "a Uint8Array", kind(userBuf));
  if (userBuf.length > longestUserBuf)
    throw new Invalid("userBuf", `at most ${longestUserBuf} bytes`, String(userBuf.length));
}

/** Throws unless the value is a time. */
function checkTime(argument: string, value: unknown, Invalid: InvalidArgument): void {
  if (typeof value !== "number" || !(value >= 0 && value <= 8.64e15))
    throw new Invalid(argument, "milliseconds since the epoch", kind(value));
}

/** Throws unless a UserSig can have this validity. */
export function checkValidity(argument: string, seconds: unknown, longest: number, Invalid: InvalidArgument): void {
  if (Number.isInteger(seconds) && Number(seconds) > 0 && Number(seconds) <= longest) return;
  throw new Invalid(argument, `a whole number from 1 to ${longest}`, kind(seconds));
}
