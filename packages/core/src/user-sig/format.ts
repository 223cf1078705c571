/** The text form of a UserSig, and its signature. */

/** The fields of a UserSig, as they are written in it. */
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

/** Returns the UserSig with these fields. A URL can contain its characters as they are; it is not the alphabet called base64url. */
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
  // For so few bytes the sums stay exact, so that one remainder at the end is enough.
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
