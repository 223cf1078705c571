/** A `CryptoKey`. Not every runtime's types have that name as a global one. */
export type HmacKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const algorithm = { name: "HMAC", hash: "SHA-256" } as const;

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
