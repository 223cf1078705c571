/** Signs UserSigs: the options, the text that is signed, the HMAC, and the text form. */
import { checkText, kind, type InvalidArgument } from "../arguments.ts";
import { systemClock } from "../clock.ts";

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
 * @returns Text of `[A-Za-z0-9*_-]`, which a URL can contain unchanged.
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
export function checkApp({ sdkAppId, identifier, secretKey, userBuf }: AppOptions, Invalid: InvalidArgument): void {
  if (!Number.isSafeInteger(sdkAppId) || sdkAppId <= 0)
    throw new Invalid("sdkAppId", "a positive integer", kind(sdkAppId));
  checkText("identifier", identifier, Invalid);
  if (identifier.length > longestIdentifier)
    throw new Invalid(
      "identifier",
      `a string of at most ${longestIdentifier} characters`,
      `one of ${identifier.length}`,
    );
  // A line end would start another line of the signed text.
  if (/\p{Cc}/u.test(identifier))
    throw new Invalid("identifier", "a string without control characters", "one with them");
  checkText("secretKey", secretKey, Invalid);
  if (userBuf === undefined) return;
  if (!(userBuf instanceof Uint8Array)) throw new Invalid("userBuf", "a Uint8Array", kind(userBuf));
  if (userBuf.length > longestUserBuf)
    throw new Invalid("userBuf", `a Uint8Array of at most ${longestUserBuf} bytes`, `one of ${userBuf.length}`);
}

/** Throws unless the value is a time. */
export function checkTime(argument: string, value: unknown, Invalid: InvalidArgument): void {
  if (typeof value !== "number" || !(value >= 0 && value <= 8.64e15))
    throw new Invalid(argument, "a number of milliseconds since the epoch", kind(value));
}

/** Throws unless a UserSig can have this validity. */
export function checkValidity(argument: string, seconds: unknown, longest: number, Invalid: InvalidArgument): void {
  if (Number.isInteger(seconds) && Number(seconds) > 0 && Number(seconds) <= longest) return;
  throw new Invalid(argument, `a whole number from 1 to ${longest}`, kind(seconds));
}

/** The fields of a UserSig, in the units of the format. */
export interface UserSigFields {
  readonly identifier: string;
  readonly sdkAppId: number;
  /** `TLS.time`: when it was created, in seconds since the epoch. */
  readonly time: number;
  /** `TLS.expire`: validity in seconds. */
  readonly expire: number;
  /** `TLS.userbuf`, in base64. */
  readonly userBuf?: string | undefined;
}

/** Value of `TLS.ver`, the format's own version. */
export const userSigVersion = "2.0";

/** Returns the text that is signed. The order of its lines is part of the format. */
export function signedText({ identifier, sdkAppId, time, expire, userBuf }: UserSigFields): Uint8Array<ArrayBuffer> {
  const text = `TLS.identifier:${identifier}\nTLS.sdkappid:${sdkAppId}\nTLS.time:${time}\nTLS.expire:${expire}\n`;
  return new TextEncoder().encode(userBuf === undefined ? text : `${text}TLS.userbuf:${userBuf}\n`);
}

/** Returns the UserSig with these fields. A URL can contain its characters unchanged; the alphabet is not base64url. */
export function toUserSig(fields: UserSigFields, signature: Uint8Array): string {
  return toBase64(toStoredBlock(toJson(fields, signature)))
    .replaceAll("+", "*")
    .replaceAll("/", "-")
    .replaceAll("=", "_");
}

/** Returns the JSON text in a UserSig. The order of its keys is free. */
function toJson({ identifier, sdkAppId, time, expire, userBuf }: UserSigFields, signature: Uint8Array): Uint8Array {
  const json = {
    "TLS.ver": userSigVersion,
    "TLS.identifier": identifier,
    "TLS.sdkappid": sdkAppId,
    "TLS.time": time,
    "TLS.expire": expire,
    "TLS.userbuf": userBuf,
    "TLS.sig": toBase64(signature),
  };
  return new TextEncoder().encode(JSON.stringify(json));
}

/** A `CryptoKey`. Not every runtime's types have that name as a global one. */
export type HmacKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const algorithm = { name: "HMAC", hash: "SHA-256" } as const;

/** Signs the fields of a UserSig, unchecked, and returns the UserSig. */
export async function seal(fields: UserSigFields, key: Promise<HmacKey>): Promise<string> {
  return toUserSig(fields, await hmac(await key, signedText(fields)));
}

/** More keys than one server signs with, and few enough to keep. */
const keysKept = 16;
const keys = new Map<string, Promise<HmacKey>>();

/** Returns the imported key. Importing it again takes as long as signing, so the last few are kept. */
export function keyOf(secretKey: string): Promise<HmacKey> {
  const kept = keys.get(secretKey);
  if (kept !== undefined) return kept;
  const key = importKey(secretKey);
  for (const oldest of keys.keys()) if (keys.size >= keysKept) keys.delete(oldest);
  keys.set(secretKey, key);
  return key;
}

/** Imports a secret key. It is text: the 64 hexadecimal digits that the console shows are not decoded. */
export function importKey(secretKey: string): Promise<HmacKey> {
  return crypto.subtle.importKey("raw", new TextEncoder().encode(secretKey), algorithm, false, ["sign", "verify"]);
}

/** Returns the HMAC-SHA256 of the text. */
export async function hmac(key: HmacKey, text: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign(algorithm.name, key, text));
}

/** Returns whether this is the HMAC-SHA256 of the text. WebCrypto compares in constant time. */
export function isHmac(
  key: HmacKey,
  signature: Uint8Array<ArrayBuffer>,
  text: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  return crypto.subtle.verify(algorithm.name, key, signature, text);
}

/** Maximum number of bytes in one stored block: its length is written in 16 bits. */
export const storedBlockBytes = 0xffff;

/**
 * Wraps bytes in a zlib stream (RFC 1950) of one stored block: header, length, its complement, the bytes, Adler-32.
 *
 * It does not compress on purpose. The service accepts any zlib stream, and the official Go library sends this one; the UserSig is
 * not longer than most others, because a signature hardly compresses. In return a UserSig is created without
 * `CompressionStream`, which takes several times as long as everything else together.
 *
 * @param bytes At most `storedBlockBytes`.
 */
export function toStoredBlock(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  const stream = new Uint8Array(length + 11);
  // An array of bytes keeps the lower eight bits of each number.
  stream.set([0x78, 1, 1, length, length >> 8, ~length, ~length >> 8]);
  stream.set(bytes, 7);
  stream.set(adler32(bytes), length + 7);
  return stream;
}

/** Returns the four bytes of checksum at the end of a zlib stream, for at most the bytes of a stored block. */
export function adler32(bytes: Uint8Array): readonly number[] {
  let low = 1;
  let high = 0;
  // With this many bytes at most, the sums stay exact, so one remainder at the end is enough.
  for (const byte of bytes) {
    low += byte;
    high += low;
  }
  low %= 65_521;
  high %= 65_521;
  return [high >> 8, high & 255, low >> 8, low & 255];
}

/** Every runtime accepts this number of arguments in one call. */
const mostArguments = 8192;

/** Returns the standard base64 of the bytes, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += mostArguments)
    binary += String.fromCharCode.apply(null, bytes.subarray(start, start + mostArguments) as unknown as number[]);
  return btoa(binary);
}

/** Returns the bytes of standard base64; undefined unless the text is exactly what `toBase64` returns for them. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    // `atob` accepts blanks, missing padding and spare bits that are not 0: other texts for the same bytes.
    return toBase64(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
