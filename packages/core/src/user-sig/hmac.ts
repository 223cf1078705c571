import { signedText, toUserSig, type UserSigFields } from "./fields.ts";

/** A `CryptoKey`. Not every runtime's types have that name as a global one. */
export type HmacKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const algorithm = { name: "HMAC", hash: "SHA-256" } as const;

/** Signs what a UserSig says, whatever that is, and returns the UserSig. */
export async function seal(fields: UserSigFields, key: Promise<HmacKey>): Promise<string> {
  return toUserSig(fields, await hmac(await key, signedText(fields)));
}

/** More keys than one server signs with, and few enough to hold. */
const keysKept = 16;
const keys = new Map<string, Promise<HmacKey>>();

/** The imported key. To import it again takes as long as to sign, so the last few are kept. */
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

/** HMAC-SHA256 of the text. */
export async function hmac(key: HmacKey, text: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign(algorithm.name, key, text));
}

/** Whether this is the text's HMAC-SHA256. WebCrypto compares in a time that tells nothing. */
export function isHmac(
  key: HmacKey,
  signature: Uint8Array<ArrayBuffer>,
  text: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  return crypto.subtle.verify(algorithm.name, key, signature, text);
}
